package io.upstep.planner.plan;

import java.util.ArrayList;
import java.util.List;

/** Takes a plan back: stops what is under way, then runs the undo steps like any others. */
final class Undoing {
    private final Attempts attempts;
    private final Running running;

    Undoing(Attempts attempts, Running running) {
        this.attempts = attempts;
        this.running = running;
    }

    void rollBack(Draft draft, Happening.Rollback verb) {
        Plan plan = draft.plan();
        boolean judged = plan.status() == PlanStatus.VERIFYING && plan.isTakenBack();
        if (judged
                || plan.status() == PlanStatus.ROLLING_BACK
                || plan.status() == PlanStatus.ROLLED_BACK
                || Running.intends(draft, Intent.Kind.ROLLBACK)) {
            return;
        }
        if (plan.isTakenBack()) {
            goOn(draft, verb);
            return;
        }
        requirePossible(plan, verb);
        Step live = plan.currentStep().filter(step -> step.status().isLive()).orElse(null);
        if (!plan.status().isWorking() || live == null) {
            running.rollBack(draft, verb.actor(), verb.reason(), verb.keep());
            return;
        }
        draft.become(plan.withIntent(
                new Intent(Intent.Kind.ROLLBACK, verb.actor(), verb.reason(), draft.now(), verb.keep())));
        draft.log(Entry.Type.PLAN_ROLLING_BACK, verb.actor(), "reason", verb.reason(), "after", live.id());
        if (live.status() != StepStatus.STOPPING) {
            attempts.stop(
                    draft,
                    live,
                    live.lastAttempt().orElseThrow(),
                    verb.actor(),
                    Running.rollbackReason(verb.actor(), verb.reason()));
        }
    }

    /** It was being taken back already when something came in between. */
    private void goOn(Draft draft, Happening.Rollback verb) {
        Plan plan = draft.plan();
        plan.currentStep()
                .filter(step -> step.status() == StepStatus.FAILED)
                .ifPresent(step -> draft.become(plan.withStep(
                        step.withAllowed(step.attempts().size() + step.planned().maxAttempts()))));
        draft.become(
                draft.plan().with(p -> p.completion(null).verification(null).intent(null)));
        draft.move(PlanStatus.ROLLING_BACK, Running.rollbackReason(verb.actor(), verb.reason()));
        draft.log(Entry.Type.PLAN_ROLLING_BACK, verb.actor(), "reason", verb.reason());
        running.advance(draft);
    }

    private static void requirePossible(Plan plan, Happening.Rollback verb) {
        if (plan.steps().stream().noneMatch(Step::isTouched)) {
            throw PlanException.illegal(
                    plan,
                    "undo",
                    "a plan that has done something",
                    plan.status().isTerminal() ? "there is nothing to take back" : "cancel it instead");
        }
        if (!verb.keep().isEmpty()) {
            PlanException.requireReason(verb, "a rollback that keeps steps as they are");
        }
        requireKnown(plan, verb.keep());
        UndoPlan.of(plan, verb.keep()).blockedBy().ifPresent(blocked -> {
            throw new PlanException(
                    PlanException.Code.POINT_OF_NO_RETURN,
                    "steps that can be taken back",
                    "step " + blocked.step() + ": " + blocked.because(),
                    blocked.instead());
        });
    }

    private static void requireKnown(Plan plan, List<String> keep) {
        List<String> unknown = new ArrayList<>(keep);
        plan.steps().forEach(step -> unknown.remove(step.id()));
        if (!unknown.isEmpty()) {
            throw PlanException.unknownStep(plan, unknown.get(0));
        }
    }
}
