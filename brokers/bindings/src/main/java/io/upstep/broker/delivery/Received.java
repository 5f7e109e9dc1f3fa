package io.upstep.broker.delivery;

import io.upstep.broker.Envelope;
import java.util.concurrent.CompletionStage;

/** A message as it came over one connection, which alone can acknowledge it. */
public interface Received {
    Envelope message();

    CompletionStage<Void> acknowledge();

    /** Whether the connection it came over is still there. */
    boolean isWanted();
}
