package io.upstep.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.runtime.ShutdownEvent;
import io.upstep.event.Event;
import io.upstep.event.EventData;
import io.upstep.event.EventType;
import io.upstep.event.WorkerSeen;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class PresenceTest {
    private final Said said = new Said();
    private final Presence presence = new Presence(said, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

    @Test
    void shouldSaySoAgainAndAgainUntilItStops() {
        presence.start(PresenceTest::worker);
        await().until(() -> said.events.size() >= 3);

        presence.stop(new ShutdownEvent());

        Event<?> last = said.events.get(said.events.size() - 1);
        assertThat(last.source()).isEqualTo("/upstep/verifier/verifier-1");
        assertThat(((WorkerSeen) last.data()).stopping()).isTrue();
        assertThat(said.events.stream().filter(event -> ((WorkerSeen) event.data()).stopping()))
                .hasSize(1);
    }

    @Test
    void shouldGoOnWhenTheBrokerIsAwayForAWhile() {
        said.failing = true;
        presence.start(PresenceTest::worker);
        await().until(() -> said.attempts >= 2);

        said.failing = false;

        await().until(() -> !said.events.isEmpty());
        presence.stop(new ShutdownEvent());
    }

    private static WorkerSeen worker() {
        return new WorkerSeen(
                "verifier-1",
                EventType.Role.VERIFIER,
                "1",
                List.of(),
                List.of(),
                Instant.EPOCH,
                Duration.ofMillis(20),
                false);
    }

    private static final class Said implements EventBroker {
        private final List<Event<?>> events = new CopyOnWriteArrayList<>();
        private volatile boolean failing;
        private volatile int attempts;

        @Override
        public synchronized CompletionStage<Void> publish(Event<?> event) {
            attempts++;
            if (failing) {
                return CompletableFuture.failedFuture(new PublishException("away", null));
            }
            events.add(event);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<Void> publish(Encoded event) {
            throw new UnsupportedOperationException("a worker says events, not what an outbox holds");
        }

        @Override
        public <T extends EventData> Subscription subscribe(
                Class<T> type, String cluster, String group, int concurrency, EventHandler<T> handler) {
            throw new UnsupportedOperationException("a presence hears nothing");
        }
    }
}
