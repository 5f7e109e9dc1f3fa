package io.upstep.broker.redis;

import java.util.Map;

/** Writes beside a message why nobody could handle it. */
final class DeadLetter {
    private DeadLetter() {}

    static Map<String, String> fields(Taken taken, int attempts, ReaderSettings from, String reason) {
        return taken.message()
                .with(Map.of(
                        "upstep-reason", reason,
                        "upstep-attempts", Integer.toString(attempts),
                        "upstep-source", from.stream(),
                        "upstep-group", from.group(),
                        "upstep-entry-id", taken.entry().toString()))
                .fields();
    }

    static String reason(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getName() : failure.getMessage();
    }
}
