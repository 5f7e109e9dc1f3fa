package io.upstep.verifier.messaging;

import io.upstep.broker.EventBroker;
import io.upstep.event.Event;
import io.upstep.verifier.check.Workers;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/** Publishes answers until the broker has them; receivers tell an event that comes twice by its id. */
@ApplicationScoped
public class SteadyPublisher {
    private static final Logger LOG = Logger.getLogger(SteadyPublisher.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final EventBroker broker;
    private final Workers workers;

    public SteadyPublisher(EventBroker broker, Workers workers) {
        this.broker = broker;
        this.workers = workers;
    }

    /** Completes when the broker has it; never fails. */
    CompletionStage<Void> publish(Event<?> event) {
        CompletableFuture<Void> published = new CompletableFuture<>();
        attempt(event, FIRST_PAUSE, published);
        return published;
    }

    /** For signs of life: the next one comes soon, so this one is tried once. Completes normally if the broker has it. */
    CompletionStage<Void> publishOnce(Event<?> event) {
        return send(event).whenComplete((nothing, failure) -> {
            if (failure != null) {
                LOG.debugf(
                        "A %s could not be published; the next one follows: %s",
                        event.type().typeName(), failure);
            }
        });
    }

    private void attempt(Event<?> event, Duration pause, CompletableFuture<Void> published) {
        send(event).whenComplete((nothing, failure) -> {
            if (failure == null) {
                published.complete(null);
                return;
            }
            LOG.warnf(
                    "%s of %s could not be published and is tried again in %s: %s",
                    event.type().typeName(), event.data().subject(), pause, failure);
            Duration doubled = pause.multipliedBy(2);
            Duration next = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
            workers.after(pause, workers.pool(), () -> attempt(event, next, published));
        });
    }

    private CompletionStage<Void> send(Event<?> event) {
        try {
            return broker.publish(event);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
