package io.upstep.broker;

import java.util.concurrent.CompletionStage;

/**
 * Takes responsibility for a message. Completed: it is acknowledged. Failed with {@link RejectedException}: it goes to the
 * dead letters at once. Failed otherwise: it is tried again after a delay, and goes to the dead letters after the last try.
 */
@FunctionalInterface
public interface MessageHandler {
    CompletionStage<Void> handle(Envelope message);
}
