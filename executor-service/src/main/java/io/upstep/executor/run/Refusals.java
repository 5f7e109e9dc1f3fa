package io.upstep.executor.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.upstep.event.AttemptId;
import io.upstep.event.Installation;
import io.upstep.event.Outcome;

/** Says why an installation could not be had, and what can be done about it. */
final class Refusals {
    private Refusals() {}

    /** @param claim one that was not granted */
    static Outcome outcome(Leases.Claim claim, Installation installation, AttemptId attempt) {
        return claim instanceof Leases.Claim.Foreign foreign
                ? elsewhere(foreign, installation, attempt)
                : behind(((Leases.Claim.Superseded) claim).by(), installation, attempt);
    }

    private static Outcome elsewhere(Leases.Claim.Foreign foreign, Installation installation, AttemptId attempt) {
        return foreign.adopted()
                ? adopted(foreign.holder(), installation, attempt)
                : heldBy(foreign.holder(), installation);
    }

    private static Outcome adopted(Holder holder, Installation installation, AttemptId attempt) {
        return Outcome.Failed.of(
                "adopted",
                "expected that plan " + attempt.planId() + " still has this installation, but as " + lease(installation)
                        + " says, another Upstep's plan has had it since, and plan " + holder.planId()
                        + " worked there last; submit a new plan, which begins with what runs now");
    }

    private static Outcome heldBy(Holder holder, Installation installation) {
        return Outcome.Failed.of(
                "lease-held",
                "expected that no other Upstep works on this installation, but as " + lease(installation)
                        + " says, plan " + holder.planId() + " of another Upstep (" + holder.planner()
                        + ") keeps it, its step " + holder.stepId() + " since " + holder.since()
                        + "; let that plan end, or, if that Upstep is gone, submit with adopts: " + holder.planId());
    }

    /** The planner may have been restored from a backup: told the number, it can go on above it. */
    private static Outcome behind(Holder holder, Installation installation, AttemptId attempt) {
        return new Outcome.Failed(
                "epoch-behind",
                "expected " + lease(installation) + " at an epoch below " + attempt.epoch() + ", but it was taken by "
                        + holder + "; a planner whose database is older than that goes on above " + holder.epoch(),
                true,
                JsonNodeFactory.instance.objectNode().put("epoch", holder.epoch()));
    }

    private static String lease(Installation installation) {
        return "the lease " + LeaseObject.name(installation) + " in namespace " + installation.namespace();
    }
}
