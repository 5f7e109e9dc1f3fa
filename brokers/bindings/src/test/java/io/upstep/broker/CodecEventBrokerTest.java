package io.upstep.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.upstep.event.Event;
import io.upstep.event.EventCodec;
import io.upstep.event.EventType;
import io.upstep.event.StepCancelRequested;
import io.upstep.event.WorkerSeen;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class CodecEventBrokerTest {
    private final FakeBroker broker = new FakeBroker();
    private final CodecEventBroker events = new CodecEventBroker(broker);

    @Test
    void shouldSendToTheChannelOfTheTypeWithTheSubjectAsKey() {
        Event<WorkerSeen> event = Event.of("/upstep/executor", Instant.EPOCH, worker());

        events.publish(event);

        assertThat(broker.destination).isEqualTo(new Destination("worker.seen", null, "planner"));
        assertThat(broker.message.id()).isEqualTo(event.id());
        assertThat(broker.message.key()).isEqualTo("executor-1");
        assertThat(broker.message.headers()).containsEntry("upstep-type", "io.upstep.worker.seen.v1");
    }

    @Test
    void shouldRouteByClusterOnlyWhenTheTypeIs() {
        events.publish(new EventBroker.Encoded("1", "io.upstep.step.requested.v1", "east", "plan-1", "{}"));
        assertThat(broker.destination).isEqualTo(new Destination("step.requested", "east", "executor"));

        events.publish(new EventBroker.Encoded("2", "io.upstep.upgrade.completed.v1", "east", "plan-1", "{}"));
        assertThat(broker.destination).isEqualTo(new Destination("upgrade.completed", null, "planner"));
    }

    @Test
    void shouldRefuseWhenTheClusterIsMissingOrTheTypeUnknown() {
        assertThatThrownBy(() -> events.subscribe(StepCancelRequested.class, null, "executor", 1, event -> null))
                .hasMessageContaining("routed by cluster");
        assertThatThrownBy(() -> events.publish(new EventBroker.Encoded("1", "io.upstep.nonsense.v1", null, "k", "{}")))
                .hasMessageContaining("came 'io.upstep.nonsense.v1'");
    }

    @Test
    void shouldHandOverDecodedEventsAndRejectOthers() {
        List<WorkerSeen> seen = new ArrayList<>();
        events.subscribe(WorkerSeen.class, null, "planner", 1, event -> {
            seen.add(event.data());
            return CompletableFuture.completedFuture(null);
        });

        broker.handler.handle(message(EventCodec.encode(Event.of("/upstep/executor", Instant.EPOCH, worker()))));

        assertThat(seen).containsExactly(worker());
        assertThatThrownBy(() -> broker.handler.handle(message("<xml/>"))).isInstanceOf(RejectedException.class);
    }

    private static Envelope message(String payload) {
        return new Envelope("1", "k", payload, Map.of());
    }

    private static WorkerSeen worker() {
        return new WorkerSeen(
                "executor-1",
                EventType.Role.EXECUTOR,
                "1",
                List.of(),
                List.of(),
                Instant.EPOCH,
                Duration.ofSeconds(5),
                false);
    }

    private static final class FakeBroker implements Broker {
        private Destination destination;
        private Envelope message;
        private MessageHandler handler;

        @Override
        public CompletionStage<Void> publish(Destination to, Envelope what) {
            destination = to;
            message = what;
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public Subscription subscribe(Destination from, String group, int concurrency, MessageHandler how) {
            handler = how;
            return () -> {};
        }

        @Override
        public Health health() {
            return Health.UP;
        }
    }
}
