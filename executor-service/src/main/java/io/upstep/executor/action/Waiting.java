package io.upstep.executor.action;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Waits for something to come true in the cluster, telling on the way how it stands. An API server that is away for a while
 * makes the wait longer and does not end it.
 */
public final class Waiting {
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final StepContext context;
    private final Supplier<Optional<String>> missing;
    private Instant answered;

    private Waiting(StepContext context, Supplier<Optional<String>> missing) {
        this.context = context;
        this.missing = missing;
        this.answered = context.clock().instant();
    }

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
        Waiting waiting = new Waiting(context, missing);
        Duration interval = FIRST;
        for (Optional<String> still = waiting.look(); still.isPresent(); still = waiting.look()) {
            if (!context.clock().instant().isBefore(end)) {
                throw tooLate.apply(still.get());
            }
            context.progress(null, still.get());
            context.pause(interval);
            interval = interval.multipliedBy(2).compareTo(LONGEST) < 0 ? interval.multipliedBy(2) : LONGEST;
        }
    }

    private Optional<String> look() {
        try {
            Optional<String> still = missing.get();
            answered = context.clock().instant();
            return still;
        } catch (KubernetesClientException e) {
            boolean away = e.getCode() <= 0 || e.getCode() >= 500;
            if (!away || context.clock().instant().isAfter(answered.plus(PATIENCE))) {
                throw e;
            }
            return Optional.of("the API server does not answer: " + e.getMessage());
        }
    }
}
