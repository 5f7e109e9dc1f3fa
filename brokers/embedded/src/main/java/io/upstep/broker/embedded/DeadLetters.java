package io.upstep.broker.embedded;

import java.util.Map;

/** Writes beside a message why nobody could handle it. */
final class DeadLetters {
    private static final String SUFFIX = ".dead";

    private DeadLetters() {}

    static boolean isDeadQueue(String queue) {
        return queue.endsWith(SUFFIX);
    }

    static EmbeddedRecord of(Delivery delivery, String queue, String group, Throwable reason) {
        String why = reason.getMessage() == null ? reason.getClass().getName() : reason.getMessage();
        return delivery.message.with(Map.of(
                "upstep-reason", why,
                "upstep-attempts", Integer.toString(delivery.attempt),
                "upstep-source", queue,
                "upstep-group", group));
    }
}
