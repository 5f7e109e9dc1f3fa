package io.upstep.planner.plan;

import io.upstep.event.Ending;
import java.util.ArrayList;
import java.util.List;

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
        } else if (intends(draft, Intent.Kind.ROLLBACK)) {
            Intent intent = draft.plan().intent();
            rollBack(draft, intent.actor(), intent.reason(), intent.keep());
        } else {
            draft.plan().currentStep().ifPresentOrElse(step -> begin(draft, step), () -> end(draft));
        }
    }

    private void begin(Draft draft, Step step) {
        RestorePoints.missing(draft.plan(), step)
                .ifPresentOrElse(missing -> standStill(draft, missing), () -> attempts.request(draft, step));
    }

    private void end(Draft draft) {
        Rollback rollback = draft.plan().rollback();
        if (rollback == null) {
            verifying.ask(draft, Ending.SUCCEEDED, null);
        } else {
            verifying.ask(draft, Ending.ROLLED_BACK, rollbackReason(rollback.actor(), rollback.reason()));
        }
    }

    /** From now on the plan's steps are those that take back what was done. None is live. */
    void rollBack(Draft draft, String actor, String reason, List<String> keep) {
        UndoPlan undo = UndoPlan.of(draft.plan(), keep);
        List<Step> steps = new ArrayList<>(draft.plan().steps());
        undo.steps().stream().map(Step::pending).forEach(steps::add);
        draft.become(draft.plan().with(p -> p.steps(steps)
                .rollback(new Rollback(actor, reason, draft.now()))
                .completion(null)
                .verification(null)
                .intent(null)));
        undo.nothing().forEach(nothing -> undone(draft, nothing.step()));
        undo.kept()
                .forEach(step -> draft.become(draft.plan().withRisk(step, "kept in the rollback: " + reason, actor)));
        draft.move(PlanStatus.ROLLING_BACK, rollbackReason(actor, reason));
        draft.log(
                Entry.Type.PLAN_ROLLING_BACK,
                actor,
                "reason",
                reason,
                "steps",
                undo.steps().stream().map(PlannedStep::id).toList(),
                "kept",
                undo.kept().isEmpty() ? null : undo.kept());
        advance(draft);
    }

    /** The step's work is taken back. */
    static void undone(Draft draft, String stepId) {
        Step step = draft.plan().step(stepId).orElseThrow();
        draft.become(draft.plan().withStep(step.withStatus(StepStatus.UNDONE)));
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

    /** Stands still until a person decides, without anybody having asked for it. */
    void standStill(Draft draft, String reason) {
        draft.move(PlanStatus.PAUSED, reason);
        draft.log(Entry.Type.PLAN_PAUSED, Entry.PLANNER, "reason", reason);
    }

    static String rollbackReason(String actor, String reason) {
        return "rolled back by " + actor + (reason == null ? "" : ": " + reason);
    }

    static String cancelReason(Intent intent) {
        return "cancelled by " + intent.actor() + (intent.reason() == null ? "" : ": " + intent.reason());
    }
}
