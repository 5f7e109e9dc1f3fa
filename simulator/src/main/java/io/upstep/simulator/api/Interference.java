package io.upstep.simulator.api;

import java.util.concurrent.atomic.AtomicInteger;

/** Makes the next writes lose against somebody else's, as it happens on a busy cluster. */
public final class Interference {
    private final AtomicInteger left = new AtomicInteger();

    public void next(int writes) {
        left.set(writes);
    }

    boolean comesBetween() {
        return left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }
}
