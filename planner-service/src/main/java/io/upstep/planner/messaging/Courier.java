package io.upstep.planner.messaging;

import io.upstep.broker.EventBroker;
import io.upstep.broker.UndeliverableException;
import io.upstep.planner.store.Outgoing;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Publishes the messages of one plan, each only after the one before is confirmed; the first that is not ends it. */
final class Courier {
    /** Brokers fail by themselves, much earlier; this is for one that breaks that promise. */
    private static final long CONFIRM_SECONDS = 15;

    private final EventBroker broker;
    private final List<Outgoing> messages;
    private final List<Long> confirmed = new ArrayList<>();
    private final CompletableFuture<Report> report = new CompletableFuture<>();

    Courier(EventBroker broker, List<Outgoing> messages) {
        this.broker = broker;
        this.messages = messages;
    }

    void start() {
        next(0);
    }

    Report await() {
        return report.join();
    }

    private void next(int index) {
        if (index == messages.size()) {
            report.complete(new Report(List.copyOf(confirmed), null, null));
            return;
        }
        Outgoing message = messages.get(index);
        publish(message).whenComplete((done, failure) -> {
            if (failure == null) {
                confirmed.add(message.id());
                next(index + 1);
            } else {
                report.complete(new Report(List.copyOf(confirmed), message, failure));
            }
        });
    }

    private CompletionStage<Void> publish(Outgoing message) {
        try {
            return broker.publish(message.event()).toCompletableFuture().orTimeout(CONFIRM_SECONDS, TimeUnit.SECONDS);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * @param confirmed the ids of those the broker has
     * @param failed the first that it has not; null if it has all
     */
    record Report(List<Long> confirmed, Outgoing failed, Throwable failure) {

        /** Whether it fails however often it is tried. */
        boolean isFinal() {
            return cause() instanceof UndeliverableException;
        }

        Throwable cause() {
            return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        }
    }
}
