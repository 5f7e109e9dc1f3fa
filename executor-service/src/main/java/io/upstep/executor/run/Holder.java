package io.upstep.executor.run;

import io.upstep.event.AttemptId;
import java.time.Instant;

/**
 * Who has an installation, as its lease says.
 *
 * @param worker null when it let go
 * @param planId null, as are the other ids, when the lease was not written by an executor
 * @param until when the holder counts as dead unless it renews
 */
record Holder(String worker, String planId, String stepId, int attempt, long epoch, Instant until) {

    boolean isAlive(Instant now) {
        return worker != null && now.isBefore(until);
    }

    boolean is(AttemptId other) {
        return epoch == other.epoch()
                && attempt == other.attempt()
                && other.planId().equals(planId)
                && other.stepId().equals(stepId);
    }

    boolean isOfPlan(String id) {
        return id.equals(planId);
    }

    boolean is(AttemptId other, String byWorker) {
        return is(other) && byWorker.equals(worker);
    }

    @Override
    public String toString() {
        return "attempt " + attempt + " of step " + stepId + " of plan " + planId + " at epoch " + epoch
                + (worker == null ? ", which let go of it" : " with " + worker);
    }
}
