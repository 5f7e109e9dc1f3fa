package io.upstep.event;

import java.time.Duration;

/**
 * How long an attempt may take.
 *
 * @param start from the request until an executor accepts it
 * @param heartbeat between two signs of life
 * @param total from acceptance until its outcome
 */
public record TimeLimits(Duration start, Duration heartbeat, Duration total) {
    public static final TimeLimits DEFAULT =
            new TimeLimits(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofHours(1));

    public TimeLimits {
        Require.positive(start, "limits.start");
        Require.positive(heartbeat, "limits.heartbeat");
        Require.positive(total, "limits.total");
    }
}
