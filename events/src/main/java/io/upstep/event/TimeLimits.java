package io.upstep.event;

import java.time.Duration;

/**
 * How long an attempt may take.
 *
 * @param queue how long the request may wait for an executor in all; later it must not be begun any more
 * @param start how long until an executor accepts it before executors are rung for again
 * @param heartbeat the longest silence between two signs of life
 * @param total from acceptance until its outcome
 */
public record TimeLimits(Duration queue, Duration start, Duration heartbeat, Duration total) {
    public static final TimeLimits DEFAULT =
            new TimeLimits(Duration.ofHours(1), Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofHours(1));

    public TimeLimits {
        queue = queue == null ? Duration.ofHours(1) : queue;
        Require.positive(queue, "limits.queue");
        Require.positive(start, "limits.start");
        Require.positive(heartbeat, "limits.heartbeat");
        Require.positive(total, "limits.total");
    }
}
