package io.upstep.event;

/**
 * Planner to executors of the cluster: take the installation's lease at this higher epoch, so that whoever works on the
 * step stops at its next write, and report it cancelled.
 *
 * @param attempt the attempt to stop, under the new epoch
 */
public record StepCancelRequested(AttemptId attempt, Installation installation, String reason) implements EventData {
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
