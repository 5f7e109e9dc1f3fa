package io.upstep.broker.embedded;

import java.util.concurrent.CompletableFuture;

/** A message whose publisher waits for room in a group. */
record PendingOffer(EmbeddedRecord message, CompletableFuture<Void> accepted) {
    PendingOffer(EmbeddedRecord message) {
        this(message, new CompletableFuture<>());
    }
}
