package io.upstep.planner.plan;

/** What people do about a step that did not work: try it again, go back to an earlier one, do without it, or do it by hand. */
final class Repairs {
    private final Running running;
    private final Attempts attempts;

    Repairs(Running running, Attempts attempts) {
        this.running = running;
        this.attempts = attempts;
    }

    void retry(Draft draft, Happening.Retry verb) {
        Plan plan = draft.plan();
        if (isBeingRetried(plan, verb.from())) {
            return;
        }
        if (verb.from() != null) {
            Again.from(draft, verb.from());
        } else {
            requireRetryable(plan);
            plan.currentStep()
                    .filter(step -> step.status() == StepStatus.FAILED || step.status() == StepStatus.RETRYING)
                    .ifPresent(step -> draft.become(plan.withStep(step.withFreshAttempts())));
        }
        reopen(draft);
        draft.log(
                Entry.Type.PLAN_RETRIED,
                verb.actor(),
                "reason",
                verb.reason(),
                "step",
                draft.plan().currentStep().map(Step::id).orElse(null),
                "from",
                verb.from());
        running.advance(draft);
    }

    /** It was said before, and is being done. */
    private static boolean isBeingRetried(Plan plan, String from) {
        Step live = plan.currentStep().filter(step -> step.status().isLive()).orElse(null);
        if (live == null || plan.intent() != null) {
            return plan.status() == PlanStatus.VERIFYING && plan.verifications() > 1 && from == null;
        }
        return live.attempts().size() > 1 && (from == null || from.equals(live.id()));
    }

    private static void requireRetryable(Plan plan) {
        Step step = plan.currentStep().orElse(null);
        boolean failed = step != null && (step.status() == StepStatus.FAILED || step.status() == StepStatus.RETRYING);
        boolean standing = plan.status() == PlanStatus.PAUSED || plan.status().isWorking();
        if (plan.status() != PlanStatus.FAILED && !(standing && failed && plan.intent() == null)) {
            throw PlanException.illegal(
                    plan,
                    "retry",
                    "a plan that is FAILED, or stands at a step that failed",
                    standing ? "no step has failed; resume it if it is paused" : "submit a new plan if it is over");
        }
    }

    void skip(Draft draft, Happening.Skip verb) {
        Plan plan = draft.plan();
        Step step = step(plan, verb.stepId());
        if (step.status() == StepStatus.SKIPPED) {
            return;
        }
        PlanException.requireReason(verb, "skipping a step");
        requireOpen(plan, step);
        boolean current = plan.currentStep().filter(step::equals).isPresent();
        draft.become(
                plan.withStep(step.withStatus(StepStatus.SKIPPED)).withRisk(step.id(), verb.reason(), verb.actor()));
        draft.become(RestorePoints.skipped(draft.plan(), step.planned(), verb.reason(), verb.actor()));
        draft.log(Entry.Type.STEP_SKIPPED, verb.actor(), "step", step.id(), "reason", verb.reason());
        if (current && plan.status().isWorking()) {
            running.advance(draft);
        }
    }

    void markDone(Draft draft, Happening.MarkDone verb) {
        Plan plan = draft.plan();
        Step step = step(plan, verb.stepId());
        boolean already = step.status() == StepStatus.PASSED
                || step.lastAttempt()
                        .filter(attempt -> attempt.isLive() && attempt.marked() != null)
                        .isPresent();
        if (already) {
            return;
        }
        PlanException.requireReason(verb, "marking a step as done");
        requireOpen(plan, step);
        requireCurrent(plan, step);
        MarkedDone marked = new MarkedDone(verb.actor(), verb.reason());
        draft.log(Entry.Type.STEP_MARKED_DONE, verb.actor(), "step", step.id(), "reason", verb.reason());
        if (step.planned().checks().isEmpty()) {
            String risk = "marked done without anything that could verify it: " + verb.reason();
            draft.become(plan.withRisk(step.id(), risk, verb.actor()));
        }
        draft.become(draft.plan().withStep(step.withFreshAttempts()));
        reopen(draft);
        attempts.request(draft, draft.plan().currentStep().orElseThrow(), marked);
    }

    private static void reopen(Draft draft) {
        draft.become(draft.plan().with(p -> p.completion(null).verification(null)));
        draft.move(draft.plan().working(), null);
    }

    private static Step step(Plan plan, String id) {
        return plan.step(id).orElseThrow(() -> PlanException.unknownStep(plan, id));
    }

    private static void requireOpen(Plan plan, Step step) {
        boolean open =
                switch (plan.status()) {
                    case PLANNED, RUNNING, PAUSED, FAILED, ROLLING_BACK -> true;
                    default -> false;
                };
        if (!open || !step.isIdle() || step.planned().goesBack() != plan.isTakenBack()) {
            throw new PlanException(
                    PlanException.Code.ILLEGAL_STATE,
                    "a step that failed or has not begun, of a plan that is PLANNED, RUNNING, PAUSED, ROLLING_BACK or"
                            + " FAILED",
                    "step " + step.id() + ", which is " + step.status() + ", of plan " + plan.id() + ", which is "
                            + plan.status(),
                    step.status().isLive() ? "wait until the step is over, or cancel the plan" : "leave it as it is");
        }
    }

    private static void requireCurrent(Plan plan, Step step) {
        boolean standing = plan.status() == PlanStatus.PAUSED || plan.status() == PlanStatus.FAILED;
        boolean waiting = plan.status().isWorking() && plan.intent() == null && step.status() == StepStatus.RETRYING;
        if (!(standing || waiting) || plan.currentStep().filter(step::equals).isEmpty()) {
            throw PlanException.illegal(
                    plan,
                    "mark a step done in",
                    "a plan that stands at this very step, FAILED, PAUSED or between two attempts",
                    "pause it before the step, or wait until it has failed");
        }
    }
}
