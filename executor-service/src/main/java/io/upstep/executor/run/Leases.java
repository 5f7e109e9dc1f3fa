package io.upstep.executor.run;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.upstep.event.AttemptId;
import io.upstep.event.Installation;
import java.time.Duration;

/** Decides which attempt owns an installation: of two the one with the higher epoch, whether the other lives or not. */
public interface Leases {

    /**
     * Takes the installation for an attempt, if nothing newer has it.
     *
     * @param duration how long after its last renewal the holder counts as alive
     */
    Claim claim(
            KubernetesClient client, Installation installation, AttemptId attempt, String worker, Duration duration);

    /** What came of it. */
    sealed interface Claim {

        /** The attempt owns the installation now. */
        record Held(InstallationLease lease) implements Claim {}

        /** This very attempt is, or was, with another worker, or is over. */
        record Known(Holder holder) implements Claim {}

        /** Something newer has the installation. */
        record Superseded(Holder by) implements Claim {}
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
