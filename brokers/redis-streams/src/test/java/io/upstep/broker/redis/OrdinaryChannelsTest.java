package io.upstep.broker.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
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
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The connector as an application uses it: by the configuration of channels, in a running container. */
@QuarkusTest
@EnabledIf(value = "io.upstep.broker.redis.RedisServer#canTry", disabledReason = RedisServer.MISSING)
@QuarkusTestResource(OrdinaryChannelsTest.Server.class)
class OrdinaryChannelsTest {
    @Inject
    @Channel("orders")
    Emitter<String> orders;

    @Inject
    Bakery bakery;

    @Inject
    @Connector(RedisStreamsConnector.NAME)
    RedisStreamsConnector connector;

    @Test
    void shouldCarryMessagesThroughMethodsWhenChannelsAreConfigured() {
        assertThat(orders.send("bread")).succeedsWithin(10, TimeUnit.SECONDS);
        await().untilAsserted(() -> assertThat(bakery.delivered()).containsExactly("warm bread"));
        assertThat(connector.getReadiness().isOk()).isTrue();
        assertThat(connector.getReadiness().getChannels()).hasSize(4);
    }

    /** Works in between two streams. */
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

    /** Its own Redis, and the channels on it. */
    public static class Server implements QuarkusTestResourceLifecycleManager {
        private RedisServer server;

        @Override
        public Map<String, String> start() {
            server = RedisServer.started();
            return Map.ofEntries(
                    Map.entry("mp.messaging.connector.upstep-redis-streams.uri", server.uri()),
                    Map.entry("mp.messaging.outgoing.orders.connector", RedisStreamsConnector.NAME),
                    Map.entry("mp.messaging.outgoing.orders.stream", "bakery.orders"),
                    Map.entry("mp.messaging.incoming.ordered.connector", RedisStreamsConnector.NAME),
                    Map.entry("mp.messaging.incoming.ordered.stream", "bakery.orders"),
                    Map.entry("mp.messaging.incoming.ordered.group", "bakers"),
                    Map.entry("mp.messaging.outgoing.baked.connector", RedisStreamsConnector.NAME),
                    Map.entry("mp.messaging.outgoing.baked.stream", "bakery.goods"),
                    Map.entry("mp.messaging.incoming.deliveries.connector", RedisStreamsConnector.NAME),
                    Map.entry("mp.messaging.incoming.deliveries.stream", "bakery.goods"),
                    Map.entry("mp.messaging.incoming.deliveries.group", "drivers"));
        }

        @Override
        public void stop() {
            if (server != null) {
                server.close();
            }
        }
    }
}
