package io.upstep.planner.messaging;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.upstep.planner.plan.Backoff;
import io.upstep.planner.plan.Patience;
import java.time.Duration;

/** How long the planner waits for others before it asks again. Each wait is twice the one before, up to its limit. */
@ConfigMapping(prefix = "upstep.planner.timing")
public interface TimingConfig {

    /** The first wait before verifiers, or executors told to stop, are asked again. */
    @WithDefault("10s")
    Duration answer();

    /** The longest wait before verifiers, or executors told to stop, are asked again. */
    @WithDefault("1m")
    Duration answerLongest();

    /** The first wait before executors are asked again to accept a step, after the step's own start limit has passed. */
    @WithDefault("10s")
    Duration acceptance();

    /** The longest wait before executors are asked again to accept a step. */
    @WithDefault("1m")
    Duration acceptanceLongest();

    /** The wait before the second attempt of a step that failed. */
    @WithDefault("2s")
    Duration retry();

    /** The longest wait before another attempt of a step that failed. */
    @WithDefault("5m")
    Duration retryLongest();

    /** How long a step that was executed waits for a verifier's first sign before it is executed again, word of it being lost. */
    @WithDefault("2m")
    Duration handover();

    /** The longest wait for a verifier's first sign before a step that was executed is executed again. */
    @WithDefault("1h")
    Duration handoverLongest();

    /** How long nobody may answer before an operator is alerted. */
    @WithDefault("10m")
    Duration alert();

    default Patience patience() {
        return new Patience(
                new Backoff(answer(), answerLongest()),
                new Backoff(acceptance(), acceptanceLongest()),
                new Backoff(retry(), retryLongest()),
                new Backoff(handover(), handoverLongest()),
                alert());
    }
}
