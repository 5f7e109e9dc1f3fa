package io.upstep.planner.store;

import java.time.Instant;

/** Where the fencing numbers of an installation begin. */
final class Epochs {
    private Epochs() {}

    /**
     * The clusters remember fencing numbers too. A planner that has lost its database, or is a new one, must not begin below
     * those given out before it, so the first one is the time; after that they are counted.
     *
     * @param highest the highest this planner has given out for the installation; 0 if none
     */
    static long floor(long highest, Instant now) {
        return highest == 0 ? now.getEpochSecond() : highest;
    }
}
