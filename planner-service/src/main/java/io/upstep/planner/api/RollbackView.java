package io.upstep.planner.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.upstep.planner.plan.Plan;
import io.upstep.planner.plan.PlannedStep;
import io.upstep.planner.plan.Step;
import io.upstep.planner.plan.UndoPlan;
import java.util.Arrays;
import java.util.List;

/**
 * What a rollback would do from here, or does.
 *
 * @param possible whether nothing stands in the way
 * @param steps in the order they run
 * @param nothing steps that leave nothing to take back
 * @param keep steps that would stay as they are
 * @param blocked the step that stands in the way, and the safe way on; null if none does
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RollbackView(
        boolean possible,
        List<StepView> steps,
        List<UndoPlan.Nothing> nothing,
        List<String> keep,
        UndoPlan.Blocked blocked) {

    static RollbackView of(Plan plan, String keep) {
        List<String> kept = keep == null || keep.isBlank() ? List.of() : Arrays.asList(keep.split(",", -1));
        UndoPlan.requireKnown(plan, kept);
        UndoPlan undo = UndoPlan.of(plan, kept);
        List<StepView> steps = plan.isTakenBack()
                ? plan.steps().stream()
                        .filter(step -> step.planned().goesBack())
                        .map(StepView::of)
                        .toList()
                : undo.steps().stream().map(RollbackView::planned).toList();
        return new RollbackView(undo.isPossible(plan), steps, undo.nothing(), undo.kept(), undo.blocked());
    }

    private static StepView planned(PlannedStep step) {
        return StepView.of(Step.pending(step));
    }
}
