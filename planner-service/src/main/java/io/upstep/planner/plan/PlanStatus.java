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
    ROLLED_BACK;

    private static final Set<PlanStatus> TERMINAL = EnumSet.of(REFUSED, SUCCEEDED, FAILED, CANCELLED, ROLLED_BACK);

    /** Nothing happens any more by itself; the installation is free for another plan. */
    public boolean isTerminal() {
        return TERMINAL.contains(this);
    }

    public boolean canBecome(PlanStatus next) {
        return next == this || successors().contains(next);
    }

    private Set<PlanStatus> successors() {
        return switch (this) {
            case OBSERVING -> EnumSet.of(PLANNED, REFUSED, RUNNING, VERIFYING, CANCELLED);
            case PLANNED -> EnumSet.of(OBSERVING, CANCELLED);
            case RUNNING -> EnumSet.of(PAUSED, VERIFYING, ROLLING_BACK);
            case PAUSED -> EnumSet.of(RUNNING, VERIFYING, ROLLING_BACK);
            case VERIFYING -> EnumSet.of(SUCCEEDED, FAILED, CANCELLED, ROLLED_BACK);
            // Re-opened by a retry, and by nothing else.
            case FAILED -> EnumSet.of(RUNNING, VERIFYING, ROLLING_BACK);
            case ROLLING_BACK -> EnumSet.of(PAUSED, VERIFYING);
            case REFUSED, SUCCEEDED, CANCELLED, ROLLED_BACK -> EnumSet.noneOf(PlanStatus.class);
        };
    }
}
