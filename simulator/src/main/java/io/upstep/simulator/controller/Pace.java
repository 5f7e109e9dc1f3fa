package io.upstep.simulator.controller;

import java.time.Duration;

/**
 * How fast the simulated world turns.
 *
 * @param start from scheduled to running
 * @param ready from running to ready
 * @param stop from being deleted to gone
 * @param run how long the pod of a Job works
 * @param crash how long a crash-looping container runs, and first waits
 */
public record Pace(Duration start, Duration ready, Duration stop, Duration run, Duration crash) {
    private static final int SLOW = 20;

    /** As fast as a test wants it. */
    public static Pace fast() {
        return each(Duration.ofMillis(3));
    }

    /** As slow as somebody likes to watch it; starting takes one step, becoming ready two. */
    public static Pace demo(Duration step) {
        return new Pace(step, step.multipliedBy(2), step, step.multipliedBy(3), step.multipliedBy(5));
    }

    public static Pace each(Duration step) {
        return new Pace(step, step, step, step, step);
    }

    Duration start(Behaviour behaviour) {
        return behaviour == Behaviour.SLOW ? start.multipliedBy(SLOW) : start;
    }

    Duration ready(Behaviour behaviour) {
        return behaviour == Behaviour.SLOW ? ready.multipliedBy(SLOW) : ready;
    }
}
