package io.upstep.planner.plan;

import java.time.Duration;

/** A wait that doubles each time, up to a limit. */
public record Backoff(Duration first, Duration longest) {
    private static final int DOUBLINGS = 20;

    /** @param tries how many there have been, 1 or more */
    public Duration after(int tries) {
        Duration wait = first.multipliedBy(1L << Math.min(Math.max(tries, 1) - 1, DOUBLINGS));
        return wait.compareTo(longest) > 0 ? longest : wait;
    }
}
