package io.upstep.simulator.controller;

import java.util.Arrays;
import java.util.Optional;

/** What a workload's status says that is not so. */
public enum Lie {
    /** The status, and with it observedGeneration, stays as it is. */
    STALE_STATUS("stale-status"),
    /** The status says everything is updated and ready as soon as something is wanted. */
    READY_TOO_SOON("ready-too-soon"),
    /** A pod of the old version stays, while the status says there is none. */
    KEEPS_OLD_POD("keeps-old-pod");

    private final String word;

    Lie(String word) {
        this.word = word;
    }

    static Optional<Lie> in(String text) {
        return Arrays.stream(values()).filter(l -> text.contains(l.word)).findFirst();
    }
}
