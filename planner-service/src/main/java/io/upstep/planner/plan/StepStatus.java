package io.upstep.planner.plan;

/** Where a step is in its life. */
public enum StepStatus {
    /** Its turn has not come. */
    PENDING,
    /** Executors were told; none has accepted yet. */
    REQUESTED,
    /** An executor works on it. */
    RUNNING,
    /** The executor is done; the verifier looks. */
    VERIFYING,
    /** Executors were told, under a higher epoch, to stop it. */
    STOPPING,
    /** The last attempt failed; another one follows. */
    RETRYING,
    PASSED,
    FAILED,
    SKIPPED,
    CANCELLED,
    /** It was taken back. */
    UNDONE;

    /** Somebody may be changing the installation because of this step. */
    public boolean isLive() {
        return this == REQUESTED || this == RUNNING || this == VERIFYING || this == STOPPING;
    }

    /** The step after it may start. */
    public boolean isDone() {
        return this == PASSED || this == SKIPPED;
    }
}
