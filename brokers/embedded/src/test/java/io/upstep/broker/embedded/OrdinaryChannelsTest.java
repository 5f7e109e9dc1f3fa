package io.upstep.broker.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Outgoing;
import org.junit.jupiter.api.Test;

/** The connector as an application uses it: by the configuration of channels, in a running container. */
@QuarkusTest
@TestProfile(OrdinaryChannelsTest.Channels.class)
class OrdinaryChannelsTest {
    @Inject
    @Channel("orders")
    Emitter<String> orders;

    @Inject
    Bakery bakery;

    @Inject
    EmbeddedHub hub;

    @Test
    void shouldCarryMessagesThroughMethodsWhenChannelsAreConfigured() {
        assertThat(orders.send("bread")).succeedsWithin(10, TimeUnit.SECONDS);
        await().untilAsserted(() -> assertThat(bakery.delivered()).containsExactly("warm bread"));
        assertThat(hub.check("bakery.goods", "drivers")).isEmpty();
    }

    /** Works in between two queues. */
    @ApplicationScoped
    public static class Bakery {
        private final List<String> delivered = new CopyOnWriteArrayList<>();

        @Incoming("ordered")
        @Outgoing("baked")
        public String bake(String order) {
            return "warm " + order;
        }

        @Incoming("deliveries")
        public void deliver(String goods) {
            delivered.add(goods);
        }

        public List<String> delivered() {
            return delivered;
        }
    }

    /** The channels, all on the embedded broker. */
    public static class Channels implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.ofEntries(
                    Map.entry("mp.messaging.outgoing.orders.connector", EmbeddedConnector.NAME),
                    Map.entry("mp.messaging.outgoing.orders.queue", "bakery.orders"),
                    Map.entry("mp.messaging.incoming.ordered.connector", EmbeddedConnector.NAME),
                    Map.entry("mp.messaging.incoming.ordered.queue", "bakery.orders"),
                    Map.entry("mp.messaging.incoming.ordered.group", "bakers"),
                    Map.entry("mp.messaging.outgoing.baked.connector", EmbeddedConnector.NAME),
                    Map.entry("mp.messaging.outgoing.baked.queue", "bakery.goods"),
                    Map.entry("mp.messaging.incoming.deliveries.connector", EmbeddedConnector.NAME),
                    Map.entry("mp.messaging.incoming.deliveries.queue", "bakery.goods"),
                    Map.entry("mp.messaging.incoming.deliveries.group", "drivers"));
        }
    }
}
