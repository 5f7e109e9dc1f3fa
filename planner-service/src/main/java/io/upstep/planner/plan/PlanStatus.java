package io.upstep.planner.plan;

import java.util.EnumSet;
import java.util.Set;

/** Where a plan is in its life. */
public enum PlanStatus {
    OBSERVING,
    PLANNED,
    REFUSED,
    RUNNING,
    PAUSED,
    VERIFYING,
    SUCCEEDED,
    FAILED,
    CANCELLED,
    ROLLING_BACK,
    ROLLED_BACK,
    /** Given up by a person, or adopted by another plan, without waiting for those who worked on it. */
    ABANDONED;

    private static final Set<PlanStatus> TERMINAL =
            EnumSet.of(REFUSED, SUCCEEDED, FAILED, CANCELLED, ROLLED_BACK, ABANDONED);

    /** Nothing happens any more by itself; the installation is free for another plan. */
    public boolean isTerminal() {
        return TERMINAL.contains(this);
    }

    /** Steps are being taken, forward or back. */
    public boolean isWorking() {
        return this == RUNNING || this == ROLLING_BACK;
    }

    public boolean canBecome(PlanStatus next) {
        return next == this || successors().contains(next);
    }

    private Set<PlanStatus> successors() {
        return switch (this) {
            case OBSERVING -> EnumSet.of(PLANNED, REFUSED, RUNNING, VERIFYING, CANCELLED, ABANDONED);
            case PLANNED -> EnumSet.of(OBSERVING, CANCELLED, ABANDONED);
            case RUNNING -> EnumSet.of(PAUSED, VERIFYING, ROLLING_BACK, ABANDONED);
            case PAUSED -> EnumSet.of(RUNNING, VERIFYING, ROLLING_BACK, ABANDONED);
            case VERIFYING -> EnumSet.of(SUCCEEDED, FAILED, CANCELLED, ROLLED_BACK, ROLLING_BACK, ABANDONED);
            case ROLLING_BACK -> EnumSet.of(PAUSED, VERIFYING, ABANDONED);
            // Re-opened by a retry or a rollback, and by nothing else; one that finds nothing left to do is judged at
            // once.
            case FAILED -> EnumSet.of(RUNNING, VERIFYING, ROLLING_BACK);
            case SUCCEEDED, CANCELLED, ABANDONED -> EnumSet.of(ROLLING_BACK, VERIFYING);
            case REFUSED, ROLLED_BACK -> EnumSet.noneOf(PlanStatus.class);
        };
    }
}
