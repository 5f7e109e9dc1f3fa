package io.upstep.planner.plan;

import java.time.Duration;

/**
 * How long the planner waits for the others before it does something.
 *
 * @param answer before verifiers, or executors told to stop, are asked again
 * @param acceptance before executors are asked again to accept an attempt, after the step's own limit has passed once
 * @param retry before another attempt after one that failed
 * @param handover before another attempt of a step that was executed and of which no verifier has taken notice
 * @param alert how long nobody may answer before an operator is to know
 */
public record Patience(Backoff answer, Backoff acceptance, Backoff retry, Backoff handover, Duration alert) {
    public static final Patience DEFAULT = new Patience(
            new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(1)),
            new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(1)),
            new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(5)),
            new Backoff(Duration.ofMinutes(10), Duration.ofHours(1)),
            Duration.ofMinutes(10));
}
