package io.upstep.simulator.controller;

import static io.upstep.simulator.store.Fields.at;

import com.fasterxml.jackson.databind.JsonNode;

/** How many pods a rolling update may have too many, and too few. */
record RollingLimits(int surge, int unavailable) {
    static RollingLimits of(JsonNode deployment, int replicas) {
        JsonNode rolling = at(deployment, "spec", "strategy", "rollingUpdate");
        int surge = Counts.ofTotal(rolling.path("maxSurge"), replicas, true);
        int unavailable = Counts.ofTotal(rolling.path("maxUnavailable"), replicas, false);
        // With both at zero nothing could ever move.
        return new RollingLimits(surge, surge == 0 && unavailable == 0 ? 1 : Math.min(unavailable, replicas));
    }
}
