package io.upstep.planner.plan;

import io.upstep.event.InstallationObserved;
import io.upstep.event.PlanVerificationProgressed;
import io.upstep.event.StepCompleted;
import io.upstep.event.StepProgressed;
import io.upstep.event.UpgradeCompleted;
import java.time.Instant;
import java.util.List;

/** Everything that can move a plan. */
public sealed interface Happening {

    record Observed(InstallationObserved event) implements Happening {}

    record Progressed(StepProgressed event) implements Happening {}

    record Completed(StepCompleted event) implements Happening {}

    record Judged(UpgradeCompleted event) implements Happening {}

    record VerificationProgressed(PlanVerificationProgressed event) implements Happening {}

    /**
     * The sweeper looked at the clock. Means nothing to a plan whose timer is not due.
     *
     * @param listeningSince since when this planner hears what others say: silence before that means nothing
     */
    record TimerDue(Instant listeningSince) implements Happening {
        public TimerDue() {
            this(Instant.MIN);
        }
    }

    /** The broker may have forgotten what it was told: say what is outstanding again. */
    record BrokerForgot() implements Happening {}

    /**
     * The broker can never take something the plan has to say.
     *
     * @param type of the event
     * @param reason in the broker's words
     */
    record Undeliverable(String type, String reason) implements Happening {}

    /** Something a person does. A verb that the plan's state does not allow throws {@link PlanException}. */
    sealed interface Verb extends Happening {

        /** Who does it. */
        String actor();

        /** Why, in the person's words; may be null, except for those who say otherwise. */
        String reason();
    }

    record Start(String actor, String reason) implements Verb {}

    record Pause(String actor, String reason) implements Verb {}

    record Resume(String actor, String reason) implements Verb {}

    /** @param undo whether what was done so far is taken back: the same as a {@link Rollback} */
    record Cancel(String actor, String reason, boolean undo) implements Verb {}

    /**
     * A new attempt for the failed step of a failed or paused plan, or a new final judgement if all steps passed.
     *
     * @param from the earlier step that is to be done again, with all that follow; null to go on where it stands
     */
    record Retry(String actor, String reason, String from) implements Verb {}

    /** Goes without a step that failed or has not begun. The reason is required and shown in the completion event. */
    record Skip(String actor, String reason, String stepId) implements Verb {}

    /** Says that the step which failed or is next was done by hand. The reason is required; the step is verified. */
    record MarkDone(String actor, String reason, String stepId) implements Verb {}

    /**
     * Takes back what was done, in reverse order.
     *
     * @param keep steps that only a restore point could take back, and that stay as they are; needs a reason
     */
    record Rollback(String actor, String reason, List<String> keep) implements Verb {
        public Rollback {
            keep = keep == null ? List.of() : List.copyOf(keep);
        }
    }

    /** Ends the plan now, whoever may still be working on it; they are fenced off. The reason is required. */
    record Abandon(String actor, String reason) implements Verb {}

    /**
     * Another plan takes the installation over.
     *
     * @param number that plan's
     */
    record Adopted(String actor, String reason, String byPlanId, long number) implements Verb {}
}
