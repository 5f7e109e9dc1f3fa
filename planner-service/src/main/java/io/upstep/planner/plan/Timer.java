package io.upstep.planner.plan;

import java.time.Instant;

/** When a plan acts by itself, whatever else happens or does not, and what for. */
public record Timer(Instant wakeAt, Purpose purpose) {

    /** What is done when the timer is due. */
    public enum Purpose {
        /** Ask the verifiers again to observe the installation. */
        OBSERVE_AGAIN,
        /** Ring for the same attempt again: no executor has accepted it. */
        RING_AGAIN,
        /** Look whether the attempt still gives signs of life and is within its time. */
        CHECK_ATTEMPT,
        /** Make the next attempt. */
        NEXT_ATTEMPT,
        /** Tell the executors again to stop. */
        STOP_AGAIN,
        /** Ask the verifiers again for the final judgement. */
        VERIFY_AGAIN
    }
}
