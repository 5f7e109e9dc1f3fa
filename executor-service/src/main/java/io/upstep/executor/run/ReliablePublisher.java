package io.upstep.executor.run;

import io.upstep.broker.EventBroker;
import io.upstep.broker.UndeliverableException;
import io.upstep.event.Event;
import io.upstep.event.EventData;
import io.upstep.executor.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/** Says things to the broker; what must be heard is said until the broker has it. */
@ApplicationScoped
public class ReliablePublisher {
    private static final Logger LOG = Logger.getLogger(ReliablePublisher.class);
    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final EventBroker broker;
    private final Worker worker;
    private final Clock clock;

    public ReliablePublisher(EventBroker broker, Worker worker, Clock clock) {
        this.broker = broker;
        this.worker = worker;
        this.clock = clock;
    }

    /** Says it once. */
    CompletionStage<Void> publish(EventData data, String traceparent) {
        return broker.publish(event(data, traceparent));
    }

    /**
     * Says it, under one id, until the broker has it. Blocks.
     *
     * @param givesUp waits as long as it is told and answers whether to give up
     * @return whether the broker has it
     * @throws UndeliverableException when the broker can never take it
     */
    boolean publishUntilTaken(EventData data, String traceparent, Predicate<Duration> givesUp) {
        Event<EventData> event = event(data, traceparent);
        Duration delay = FIRST;
        while (!taken(event)) {
            if (givesUp.test(delay)) {
                return false;
            }
            delay = delay.multipliedBy(2).compareTo(LONGEST) < 0 ? delay.multipliedBy(2) : LONGEST;
        }
        return true;
    }

    private boolean taken(Event<EventData> event) {
        try {
            broker.publish(event).toCompletableFuture().join();
            return true;
        } catch (CompletionException e) {
            if (e.getCause() instanceof UndeliverableException never) {
                throw never;
            }
            LOG.warnf(
                    "The broker did not take %s, trying again: %s", event.type().typeName(), e.getCause());
            return false;
        }
    }

    private Event<EventData> event(EventData data, String traceparent) {
        return new Event<>(UUID.randomUUID().toString(), worker.source(), clock.instant(), data, traceparent);
    }
}
