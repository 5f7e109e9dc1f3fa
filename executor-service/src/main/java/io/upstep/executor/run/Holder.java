package io.upstep.executor.run;

import io.upstep.event.AttemptId;
import java.time.Instant;

/**
 * Who has an installation, as its lease says.
 *
 * @param worker null when it let go
 * @param planId null, as are the other ids, when the lease was not written by an executor
 * @param planner which Upstep it is of; null when that was not said
 * @param since when it was taken
 * @param until when the holder counts as dead unless it renews
 * @param ended whether the plan is over and the installation free
 */
record Holder(
        String worker,
        String planId,
        String stepId,
        int attempt,
        long epoch,
        String planner,
        Instant since,
        Instant until,
        boolean ended) {

    boolean is(AttemptId other) {
        return epoch == other.epoch()
                && attempt == other.attempt()
                && other.planId().equals(planId)
                && other.stepId().equals(stepId);
    }

    boolean is(AttemptId other, String byWorker) {
        return is(other) && byWorker.equals(worker);
    }

    boolean isOfPlan(String id) {
        return id.equals(planId);
    }

    /** Who does not say which Upstep it is counts as this one. */
    boolean isOfPlanner(String id) {
        return planner == null || id == null || planner.equals(id);
    }

    /** Whether another Upstep's plan, to be left alone, has the installation, be it at work or between two steps. */
    boolean bars(Leases.Bid bid) {
        return isKeptFrom(bid.planner()) && !isOfPlan(String.valueOf(bid.adopts()));
    }

    /** Whether a plan that is not over, of another Upstep than this, has the installation. */
    boolean isKeptFrom(String otherPlanner) {
        return planId != null && !ended && !isOfPlanner(otherPlanner);
    }

    @Override
    public String toString() {
        return "attempt " + attempt + " of step " + stepId + " of plan " + planId + " at epoch " + epoch
                + (worker == null ? ", which let go of it" : " with " + worker);
    }
}
