package io.upstep.event;

/**
 * Planner to executors of the cluster: the plan is over; if the installation's lease still is this plan's, let go of it for
 * good. Between its steps a plan keeps the installation, so that no other Upstep can come in between.
 *
 * @param epoch the plan's last fencing number: a lease with a higher one has been taken anew since, and is left alone
 * @param planner which Upstep asks; null if it does not say
 */
public record LeaseReleaseRequested(String planId, Installation installation, long epoch, String planner)
        implements EventData {
    public LeaseReleaseRequested {
        Require.text(planId, "planId");
        Require.present(installation, "installation");
        Require.atLeastOne(epoch, "epoch");
    }

    @Override
    public String subject() {
        return planId;
    }

    @Override
    public String cluster() {
        return installation.cluster();
    }
}
