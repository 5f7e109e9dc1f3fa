package io.upstep.event;

/**
 * Planner to executors of the cluster: take the installation's lease at this higher epoch, so that whoever works on the
 * step stops at its next write, and report it cancelled.
 *
 * @param attempt the attempt to stop, under the new epoch
 * @param planner which Upstep asks; null if it does not say
 * @param adopts the plan of another Upstep that the installation may be taken from, as in {@link StepRequested}; null for none
 * @param last whether the plan is over with it, so that the installation is free for any other
 */
public record StepCancelRequested(
        AttemptId attempt, Installation installation, String reason, String planner, String adopts, boolean last)
        implements EventData {
    public StepCancelRequested {
        Require.present(attempt, "attempt");
        Require.present(installation, "installation");
        Require.text(reason, "reason");
    }

    @Override
    public String subject() {
        return attempt.planId();
    }

    @Override
    public String cluster() {
        return installation.cluster();
    }
}
