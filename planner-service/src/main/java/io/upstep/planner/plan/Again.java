package io.upstep.planner.plan;

import io.upstep.event.AcceptedRisk;
import java.util.List;

/** The steps from an earlier one on, to be done once more. */
final class Again {
    private Again() {}

    static void from(Draft draft, String id) {
        Plan plan = draft.plan();
        Step from = plan.step(id).orElseThrow(() -> PlanException.unknownStep(plan, id));
        requireStanding(plan, from);
        for (Step step : since(plan, from)) {
            if (step.status() != StepStatus.SKIPPED || step.id().equals(id)) {
                draft.become(draft.plan().withStep(again(step)));
            }
        }
        List<AcceptedRisk> risks = draft.plan().acceptedRisks().stream()
                .filter(risk -> !risk.stepId().equals(id))
                .toList();
        draft.become(draft.plan().withAcceptedRisks(risks));
    }

    private static Step again(Step step) {
        return step.withFreshAttempts().with(s -> s.status(StepStatus.PENDING)
                .firstAttempt(s.attempts().size() + 1));
    }

    private static List<Step> since(Plan plan, Step from) {
        List<Step> forward =
                plan.steps().stream().filter(step -> !step.planned().goesBack()).toList();
        return forward.subList(forward.indexOf(from), forward.size());
    }

    private static void requireStanding(Plan plan, Step from) {
        boolean live = plan.currentStep().filter(step -> step.status().isLive()).isPresent();
        boolean standing = plan.status() == PlanStatus.FAILED
                || plan.status() == PlanStatus.PAUSED
                || plan.status() == PlanStatus.RUNNING;
        boolean reached = from.isTouched() || from.status().isDone();
        if (!standing || live || plan.isTakenBack() || plan.intent() != null || !reached) {
            throw PlanException.illegal(
                    plan,
                    "retry it from a step on in",
                    "a plan that is FAILED or PAUSED, goes forward, and has come to that step before",
                    live ? "wait until the running step is over, or pause the plan" : "retry without naming a step");
        }
        since(plan, from).stream()
                .filter(step -> step.planned().reversibility() == PlannedStep.Reversibility.IRREVERSIBLE)
                .filter(step -> step.status() == StepStatus.PASSED)
                .findFirst()
                .ifPresent(Again::refuse);
    }

    private static void refuse(Step step) {
        throw new PlanException(
                PlanException.Code.POINT_OF_NO_RETURN,
                "steps that can be done twice",
                "step " + step.id() + ", which passed and cannot be taken back",
                "retry from a step after it");
    }
}
