package io.upstep.event;

/**
 * Which try of which step of which plan.
 *
 * @param attempt counts from 1 within the step
 * @param epoch the fencing number: of two attempts on one installation the higher epoch owns it, the lower must stop
 */
public record AttemptId(String planId, String stepId, int attempt, long epoch) {
    public AttemptId {
        Require.text(planId, "attempt.planId");
        Require.text(stepId, "attempt.stepId");
        Require.atLeastOne(attempt, "attempt.attempt");
        Require.atLeastOne(epoch, "attempt.epoch");
    }

    @Override
    public String toString() {
        return planId + "/" + stepId + "#" + attempt + "@" + epoch;
    }
}
