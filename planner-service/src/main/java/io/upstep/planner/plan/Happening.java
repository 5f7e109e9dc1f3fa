package io.upstep.planner.plan;

import io.upstep.event.InstallationObserved;
import io.upstep.event.StepCompleted;
import io.upstep.event.StepProgressed;
import io.upstep.event.UpgradeCompleted;

/** Everything that can move a plan. */
public sealed interface Happening {

    record Observed(InstallationObserved event) implements Happening {}

    record Progressed(StepProgressed event) implements Happening {}

    record Completed(StepCompleted event) implements Happening {}

    record Judged(UpgradeCompleted event) implements Happening {}

    /** The sweeper looked at the clock. Means nothing to a plan whose timer is not due. */
    record TimerDue() implements Happening {}

    /** The broker may have forgotten what it was told: say what is outstanding again. */
    record BrokerForgot() implements Happening {}

    /** Something a person does. A verb that the plan's state does not allow throws {@link PlanException}. */
    sealed interface Verb extends Happening {

        /** Who does it. */
        String actor();

        /** Why, in the person's words; may be null, except for {@link Skip}. */
        String reason();
    }

    record Start(String actor, String reason) implements Verb {}

    record Pause(String actor, String reason) implements Verb {}

    record Resume(String actor, String reason) implements Verb {}

    record Cancel(String actor, String reason) implements Verb {}

    /** A new attempt for the failed step of a failed or paused plan, or a new final judgement if all steps passed. */
    record Retry(String actor, String reason) implements Verb {}

    /** Goes without a step that failed or has not begun. The reason is required and shown in the completion event. */
    record Skip(String actor, String reason, String stepId) implements Verb {}
}
