package io.upstep.broker.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.upstep.broker.Envelope;
import io.upstep.broker.MessageHandler;
import io.upstep.broker.RejectedException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConsumptionTest {
    private final ScheduledExecutorService workers = Executors.newScheduledThreadPool(2);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<Envelope> deadLetters = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicInteger tries = new AtomicInteger();

    @AfterEach
    void shutDown() {
        workers.shutdownNow();
    }

    @Test
    void shouldAcknowledgeOnlyAfterTheDeadLettersTookIt() {
        refusals.set(1);
        Consumption consumption = consumption(message -> CompletableFuture.failedFuture(new RejectedException("no")));
        Delivered message = new Delivered();

        consumption.accept(message, () -> {});

        await().until(() -> message.acknowledged);
        assertThat(deadLetters).hasSize(1);
        assertThat(refusals).as("the first attempt to bury it was refused").hasValue(0);
    }

    @Test
    void shouldLeaveAMessageToItsNextDeliveryWhenTheConnectionIsGone() {
        Delivered message = new Delivered();
        Consumption consumption = consumption(envelope -> {
            tries.incrementAndGet();
            message.wanted = false;
            return CompletableFuture.failedFuture(new IllegalStateException("once"));
        });
        CompletableFuture<Void> ended = new CompletableFuture<>();

        consumption.accept(message, () -> ended.complete(null));

        await().until(ended::isDone);
        assertThat(tries).hasValue(1);
        assertThat(message.acknowledged).isFalse();
        assertThat(deadLetters).isEmpty();
    }

    @Test
    void shouldGiveUpWaitingForARetryWhenClosed() {
        Consumption consumption = consumption(envelope -> {
            tries.incrementAndGet();
            return CompletableFuture.failedFuture(new IllegalStateException("always"));
        });
        Delivered message = new Delivered();
        consumption.accept(message, () -> {});
        await().until(() -> tries.get() >= 1);

        consumption.close();

        assertThat(message.acknowledged).isFalse();
        assertThat(deadLetters).isEmpty();
    }

    @Test
    void shouldCutAReasonThatIsTooLongForAHeader() {
        Consumption consumption =
                consumption(message -> CompletableFuture.failedFuture(new RejectedException("x".repeat(5000))));

        consumption.accept(new Delivered(), () -> {});

        await().until(() -> deadLetters.size() == 1);
        assertThat(deadLetters.get(0).headers().get(DeadLetter.REASON)).hasSizeLessThan(1100);
        assertThat(registry.counter("upstep.events.dead", "channel", "c").count())
                .isEqualTo(1);
    }

    private Consumption consumption(MessageHandler handler) {
        return new Consumption(
                new Consumption.Source("c", "c.east", "g"),
                2,
                handler,
                this::bury,
                new Quick(),
                new DeliveryMetrics(registry),
                workers);
    }

    private CompletionStage<Void> bury(Envelope letter) {
        if (refusals.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            return CompletableFuture.failedFuture(new IllegalStateException("the broker is away"));
        }
        deadLetters.add(letter);
        return CompletableFuture.completedFuture(null);
    }

    private static final class Quick implements DeliveryConfig {
        @Override
        public int retries() {
            return 1000;
        }

        @Override
        public List<Duration> delays() {
            return List.of(Duration.ofMillis(50));
        }

        @Override
        public Duration closeTimeout() {
            return Duration.ofSeconds(1);
        }
    }

    private static final class Delivered implements Received {
        private volatile boolean acknowledged;
        private volatile boolean wanted = true;

        @Override
        public Envelope message() {
            return new Envelope("id", "key", "payload", Map.of());
        }

        @Override
        public CompletionStage<Void> acknowledge() {
            acknowledged = true;
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public boolean isWanted() {
            return wanted;
        }
    }
}
