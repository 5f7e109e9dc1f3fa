package io.upstep.planner.plan;

import io.upstep.event.Ending;

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
        if (isUnderWay(plan) && plan.intent() == null || Running.intends(draft, Intent.Kind.ROLLBACK)) {
            return;
        }
        if (plan.status() == PlanStatus.ROLLING_BACK) {
            // A pause or cancel was to come in between; the step that is being stopped for it is tried again.
            draft.become(plan.withIntent(null));
            plan.currentStep()
                    .filter(step -> step.status() == StepStatus.STOPPING)
                    .ifPresent(step -> draft.become(draft.plan().withStep(step.withAllowed(step.allowed() + 1))));
            draft.log(Entry.Type.PLAN_ROLLING_BACK, verb.actor(), "reason", verb.reason());
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

    private static boolean isUnderWay(Plan plan) {
        boolean judged =
                plan.status() == PlanStatus.VERIFYING && plan.verification().ending() == Ending.ROLLED_BACK;
        return judged || plan.status() == PlanStatus.ROLLING_BACK || plan.status() == PlanStatus.ROLLED_BACK;
    }

    /** It was being taken back already when something came in between. */
    private void goOn(Draft draft, Happening.Rollback verb) {
        Plan plan = draft.plan();
        plan.currentStep()
                .filter(step -> step.status() == StepStatus.FAILED)
                .ifPresent(step -> draft.become(plan.withStep(step.withFreshAttempts())));
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
        UndoPlan.requireKnown(plan, verb.keep());
        UndoPlan.of(plan, verb.keep()).blockedBy().ifPresent(blocked -> {
            throw new PlanException(
                    PlanException.Code.POINT_OF_NO_RETURN,
                    "steps that can be taken back",
                    "step " + blocked.step() + ": " + blocked.because(),
                    blocked.instead());
        });
    }
}
