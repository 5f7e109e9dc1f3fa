package io.upstep.broker.delivery;

import io.upstep.broker.Envelope;
import io.upstep.broker.RejectedException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/**
 * Brings one message to its end: handled, or, after its last try, in the dead letters. Only then is it acknowledged, so
 * that a process which dies on the way leaves it to another.
 */
final class Delivery {
    private static final Logger LOG = Logger.getLogger(Delivery.class);
    private static final Duration BETWEEN_BURIALS = Duration.ofSeconds(1);

    private final Received received;
    private final Consumption consumption;
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    Delivery(Received received, Consumption consumption) {
        this.received = received;
        this.consumption = consumption;
    }

    /** Completes when the message is acknowledged, or when nobody waits for its acknowledgement any more. */
    CompletionStage<Void> run() {
        attempt(1);
        return end;
    }

    private void attempt(int attempt) {
        if (isAbandoned()) {
            return;
        }
        Calls.guarded(() -> consumption.handler().handle(message()))
                .whenComplete((done, failure) -> attempted(attempt, failure == null ? null : Calls.cause(failure)));
    }

    private void attempted(int attempt, Throwable failure) {
        if (failure == null) {
            consumption.metrics().handled(consumption.channel());
            acknowledge();
        } else if (failure instanceof RejectedException) {
            consumption.metrics().rejected(consumption.channel());
            bury(failure.getMessage(), attempt);
        } else if (attempt > consumption.config().retries()) {
            bury(Calls.reason(failure), attempt);
        } else {
            tryAgain(attempt, failure);
        }
    }

    private void tryAgain(int attempt, Throwable failure) {
        Duration delay = consumption.config().delayAfter(attempt);
        consumption.metrics().retried(consumption.channel());
        LOG.debugf(
                "%s: try %d of message %s failed, next in %s: %s",
                consumption.source(), attempt, message().id(), delay, failure);
        consumption.later(delay, () -> attempt(attempt + 1));
    }

    private void bury(String reason, int attempts) {
        if (isAbandoned()) {
            return;
        }
        Envelope letter = DeadLetter.of(message(), reason, attempts, consumption.source());
        Calls.guarded(() -> consumption.deadLetters().publish(letter))
                .whenComplete((done, failure) -> buried(reason, attempts, failure));
    }

    private void buried(String reason, int attempts, Throwable failure) {
        if (failure != null) {
            LOG.warnf(
                    "%s: message %s could not be put to the dead letters, which is tried again: %s",
                    consumption.source(), message().id(), Calls.cause(failure));
            consumption.later(BETWEEN_BURIALS, () -> bury(reason, attempts));
            return;
        }
        consumption.metrics().dead(consumption.channel());
        LOG.errorf(
                "%s: message %s went to the dead letters after %d tries: %s",
                consumption.source(), message().id(), attempts, reason);
        acknowledge();
    }

    private void acknowledge() {
        Calls.guarded(received::acknowledge).whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.debugf(
                        "%s: message %s is done but could not be acknowledged, so it comes again: %s",
                        consumption.source(), message().id(), Calls.cause(failure));
            }
            end.complete(null);
        });
    }

    /** A message whose connection is gone is delivered again by the broker: going on with this copy would do it twice. */
    private boolean isAbandoned() {
        if (received.isWanted() && consumption.isOpen()) {
            return false;
        }
        end.complete(null);
        return true;
    }

    private Envelope message() {
        return received.message();
    }
}
