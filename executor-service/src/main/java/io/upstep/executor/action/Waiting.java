package io.upstep.executor.action;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Waits for something to come true in the cluster, telling on the way how it stands. */
public final class Waiting {
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private Waiting() {}

    /**
     * @param missing what is still missing, or empty when nothing is
     * @param timeout how long to wait; null for as long as the attempt may take
     * @param tooLate the failure for when time ran out, given what was missing last
     */
    public static void until(
            StepContext context,
            Duration timeout,
            Supplier<Optional<String>> missing,
            Function<String, ActionException> tooLate) {
        Instant end = timeout == null ? Instant.MAX : context.clock().instant().plus(timeout);
        Duration interval = FIRST;
        for (Optional<String> still = missing.get(); still.isPresent(); still = missing.get()) {
            if (!context.clock().instant().isBefore(end)) {
                throw tooLate.apply(still.get());
            }
            context.progress(null, still.get());
            context.pause(interval);
            interval = interval.multipliedBy(2).compareTo(LONGEST) < 0 ? interval.multipliedBy(2) : LONGEST;
        }
    }
}
