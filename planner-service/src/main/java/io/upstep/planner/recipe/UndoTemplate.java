package io.upstep.planner.recipe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.planner.plan.PlannedStep;
import java.util.List;

/**
 * How a step of a recipe is taken back, before the installation is known.
 *
 * @param nothing why there is nothing to take back; null when there is something
 * @param title null when there is nothing to take back
 */
record UndoTemplate(RecipeSpec.Undo spec, Template nothing, Template title, Template with, List<CheckTemplate> checks) {

    PlannedStep.Undo fill(Scope scope) throws CannotEvaluate {
        if (nothing != null) {
            String reason = nothing.fill(scope).asText();
            return new PlannedStep.Undo(reason, null, null, null, null, 0, null, null);
        }
        return new PlannedStep.Undo(
                null,
                title.fill(scope).asText(),
                spec.action(),
                (ObjectNode) with.fill(scope),
                StepTemplate.filled(checks, scope),
                spec.maxAttempts(),
                spec.limits().orDefault(),
                spec.expected());
    }
}
