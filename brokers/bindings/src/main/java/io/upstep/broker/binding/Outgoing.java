package io.upstep.broker.binding;

import io.upstep.broker.Envelope;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.reactive.messaging.Message;

/** A message on its way to the broker. */
final class Outgoing {
    private final Place to;
    private final Envelope message;
    private final CompletableFuture<Void> confirmed = new CompletableFuture<>();

    Outgoing(Place to, Envelope message) {
        this.to = to;
        this.message = message;
    }

    Place to() {
        return to;
    }

    Envelope message() {
        return message;
    }

    /** Completes when the broker has taken it. */
    CompletableFuture<Void> confirmed() {
        return confirmed;
    }

    boolean isOver() {
        return confirmed.isDone();
    }

    /** A fresh one each time it is sent: connectors let a message be acknowledged but once. */
    Message<?> through(Binding binding) {
        return binding.outgoing(to, message).withAck(this::taken).withNack(this::refused);
    }

    private CompletableFuture<Void> taken() {
        confirmed.complete(null);
        return CompletableFuture.completedFuture(null);
    }

    private CompletableFuture<Void> refused(Throwable reason) {
        confirmed.completeExceptionally(reason);
        return CompletableFuture.completedFuture(null);
    }
}
