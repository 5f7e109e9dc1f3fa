package io.upstep.planner.plan;

import io.upstep.event.Ending;

/** Takes the steps one after the other, and knows where to go when one is over or someone wants something else. */
final class Running {
    private final Attempts attempts;
    private final Verifying verifying;

    Running(Attempts attempts, Verifying verifying) {
        this.attempts = attempts;
        this.verifying = verifying;
    }

    void begin(Draft draft, String actor) {
        draft.move(PlanStatus.RUNNING, null);
        draft.log(Entry.Type.PLAN_STARTED, actor);
        advance(draft);
    }

    /** Goes on. No step is live when this is called, and the current one, if any, is to be attempted. */
    void advance(Draft draft) {
        if (intends(draft, Intent.Kind.CANCEL)) {
            verifying.ask(draft, Ending.CANCELLED, cancelReason(draft.plan().intent()));
        } else if (intends(draft, Intent.Kind.PAUSE)) {
            pause(draft);
        } else {
            draft.plan()
                    .currentStep()
                    .ifPresentOrElse(
                            step -> attempts.request(draft, step), () -> verifying.ask(draft, Ending.SUCCEEDED, null));
        }
    }

    /** The current step has failed for good. */
    void fail(Draft draft, String reason) {
        if (draft.plan().intent() != null) {
            advance(draft);
        } else {
            verifying.ask(draft, Ending.FAILED, reason);
        }
    }

    void pause(Draft draft) {
        Intent intent = draft.plan().intent();
        draft.become(draft.plan().withIntent(null));
        draft.move(PlanStatus.PAUSED, intent.reason());
        draft.log(Entry.Type.PLAN_PAUSED, intent.actor(), "reason", intent.reason());
    }

    static boolean intends(Draft draft, Intent.Kind kind) {
        Intent intent = draft.plan().intent();
        return intent != null && intent.kind() == kind;
    }

    static String cancelReason(Intent intent) {
        return "cancelled by " + intent.actor() + (intent.reason() == null ? "" : ": " + intent.reason());
    }
}
