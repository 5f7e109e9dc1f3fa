package io.upstep.broker.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.upstep.broker.Destination;
import io.upstep.broker.Envelope;
import io.upstep.broker.UndeliverableException;
import io.upstep.broker.delivery.DeliveryConfig;
import io.upstep.broker.delivery.DeliveryMetrics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectorBrokerTest {
    private static final Destination DESTINATION = new Destination("step.requested", "east", "executor");
    private static final Place PLACE = Place.receiverOf(DESTINATION);

    private final FakeBinding binding = new FakeBinding();
    private final ScheduledExecutorService workers = Executors.newScheduledThreadPool(2);
    private final List<String> handled = new CopyOnWriteArrayList<>();
    private Instant now = Instant.EPOCH;
    private ConnectorBroker broker;

    @AfterEach
    void shutDown() {
        broker.close();
        workers.shutdownNow();
    }

    @Test
    void shouldStartAndComeToItWhenTheBrokerIsAwayAtFirst() {
        binding.away = true;
        broker = broker();
        subscribe();
        CompletableFuture<Void> published = broker.publish(DESTINATION, new Envelope("1", "k", "p", Map.of()))
                .toCompletableFuture();
        assertThat(broker.health().up()).isFalse();
        assertThat(broker.health().problem()).isEqualTo("away");

        binding.away = false;

        await().until(() -> broker.health().up());
        published.join();
        binding.deliver("hello");
        await().until(() -> handled.equals(List.of("hello")));
    }

    @Test
    void shouldRefuseForGoodBeforeSendingWhenAMessageIsTooLarge() {
        broker = broker();

        CompletableFuture<Void> refused = broker.publish(
                        DESTINATION, new Envelope("id-1", "k", "ä".repeat(500), Map.of()))
                .toCompletableFuture();

        assertThatThrownBy(refused::join)
                .hasCauseInstanceOf(UndeliverableException.class)
                .hasMessageContaining("at most 1000 bytes")
                .hasMessageContaining("it has 1005");
        broker.publish(DESTINATION, new Envelope("id-2", "k", "ä".repeat(490), Map.of()))
                .toCompletableFuture()
                .join();
        assertThat(binding.payloads()).containsExactly("ä".repeat(490));
    }

    @Test
    void shouldPublishThroughANewSinkWhenTheOldOneStaysDisconnected() {
        broker = broker();
        broker.publish(DESTINATION, new Envelope("1", "k", "a", Map.of()))
                .toCompletableFuture()
                .join();

        binding.disconnected.addAll(binding.sinks);

        await().until(() -> !broker.health().up());
        broker.publish(DESTINATION, new Envelope("2", "k", "b", Map.of()))
                .toCompletableFuture()
                .join();
        assertThat(binding.sinks).hasSize(2).doesNotHaveDuplicates();
        assertThat(binding.payloads()).containsExactly("a", "b");
    }

    @Test
    void shouldDeclareTheReceiversPlaceFirstAndThatOfDeadLettersToo() {
        broker = broker();

        subscribe("audit");

        assertThat(binding.places)
                .containsExactlyInAnyOrder(
                        PLACE,
                        new Place("step.requested.east", "audit", Place.Kind.OTHER),
                        new Place("step.requested.east.audit.dead", null, Place.Kind.DEAD));
    }

    @Test
    void shouldConsumeAnewWhenTheConnectorEndsTheStream() {
        broker = broker();
        subscribe();
        await().until(() -> broker.health().up());

        binding.receiving.onError(new IllegalStateException("cut off"));

        await().until(() -> binding.opened.size() == 2);
        await().until(() -> broker.health().up());
        binding.deliver("hello");
        await().until(() -> handled.equals(List.of("hello")));
    }

    @Test
    void shouldSayDownAndDeclareAgainWhenAPlaceIsGone() {
        broker = broker();
        subscribe();
        await().until(() -> broker.health().up());

        binding.places.remove(PLACE);

        await().pollInterval(Duration.ofMillis(5)).until(() -> !broker.health().up());
        await().until(() -> broker.health().up());
        assertThat(binding.places).contains(PLACE);
        assertThat(binding.opened)
                .as("a stream whose queue was gone is not trusted")
                .hasSize(2);
    }

    @Test
    void shouldServeTheOthersAndSayWhichWhenAPlaceCannotBeDeclared() {
        binding.refused.add(Place.of(DESTINATION, "audit"));
        broker = broker();
        subscribe("audit");
        subscribe();

        await().until(() ->
                "step.requested.east.audit is refused".equals(broker.health().problem()));

        binding.deliver("hello");
        await().until(() -> handled.equals(List.of("hello")));
        binding.refused.clear();
        await().until(() -> broker.health().up());
    }

    @Test
    void shouldSayDownWhenTheLastRoundTripIsTooLongAgo() {
        broker = broker();
        await().until(() -> broker.health().up());

        broker.close();
        now = now.plusSeconds(60);

        assertThat(broker.health().up()).isFalse();
        assertThat(broker.health().problem()).isEqualTo("the fake broker has not answered for 60 s");
    }

    private void subscribe() {
        subscribe("executor");
    }

    private void subscribe(String group) {
        broker.subscribe(DESTINATION, group, 2, message -> {
            handled.add(message.payload());
            return CompletableFuture.completedFuture(null);
        });
    }

    private ConnectorBroker broker() {
        BrokerConfig config = new BrokerConfig("fake", Duration.ofSeconds(10), 100, 1000, Duration.ofMillis(50));
        InstantSource source = () -> now;
        return new ConnectorBroker(
                binding,
                config,
                new NoRetries(),
                new DeliveryMetrics(new SimpleMeterRegistry()),
                workers,
                source.withZone(ZoneOffset.UTC));
    }

    private record NoRetries() implements DeliveryConfig {
        @Override
        public int retries() {
            return 0;
        }

        @Override
        public List<Duration> delays() {
            return List.of(Duration.ZERO);
        }

        @Override
        public Duration closeTimeout() {
            return Duration.ofSeconds(1);
        }
    }
}
