package io.upstep.executor.run;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.upstep.event.AttemptId;
import io.upstep.event.Installation;
import java.time.Duration;

/** Decides which attempt owns an installation: of two the one with the higher epoch, whether the other lives or not. */
public interface Leases {

    /** Takes the installation for an attempt, unless another Upstep keeps it or something newer has it. */
    Claim claim(KubernetesClient client, Bid bid);

    /** Whether the attempt, whichever worker has or had it for, is the last to have taken the installation. */
    Standing standing(KubernetesClient client, Installation installation, AttemptId attempt);

    /** Lets go of the installation for good if that plan is the last that had it; otherwise changes nothing. */
    void end(KubernetesClient client, PlanEnd end);

    /**
     * Who asks for an installation.
     *
     * @param planner which Upstep; null if it does not say
     * @param adopts the plan of another Upstep that it may be taken from; null for none
     * @param duration how long after its last renewal the holder counts as alive
     */
    record Bid(
            Installation installation,
            AttemptId attempt,
            String planner,
            String adopts,
            String worker,
            Duration duration) {}

    /**
     * A plan that is over.
     *
     * @param epoch its last: a lease at a higher one was taken anew since
     * @param planner whose it is; null if that was not said
     */
    record PlanEnd(Installation installation, String planId, long epoch, String planner) {}

    /** What came of it. */
    sealed interface Claim {

        /** The attempt owns the installation now. */
        record Held(InstallationLease lease) implements Claim {}

        /** This very attempt is, or was, with another worker, or is over. */
        record Known(Holder holder) implements Claim {}

        /** Something newer has the installation, or had it last. */
        record Superseded(Holder by) implements Claim {}

        /**
         * Another Upstep's plan, which has not ended, keeps the installation, or has taken it over from this one.
         *
         * @param adopted whether another Upstep's plan has come after the one that asks, which so must never go on
         */
        record Foreign(Holder holder, boolean adopted) implements Claim {}
    }

    /** An installation held by one attempt of this process. */
    interface InstallationLease {

        /** Says that the holder is alive. Returns whether it still holds. */
        Standing renew();

        /** Asks the cluster whether the attempt still holds. */
        Standing verify();

        /** Lets go; the epoch stays, so that nothing older comes in. */
        void release();
    }

    /** @param reason who has it instead, for people; null while held */
    record Standing(boolean held, String reason) {
        static final Standing YES = new Standing(true, null);

        static Standing lost(Holder to) {
            return new Standing(false, "the installation now belongs to " + to);
        }
    }
}
