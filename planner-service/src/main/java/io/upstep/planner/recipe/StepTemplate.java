package io.upstep.planner.recipe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.CheckSpec;
import io.upstep.planner.plan.PlannedStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A step of a recipe before the installation is known; filled, it is a step of a plan.
 *
 * @param undo null when it is not said how it is taken back
 */
record StepTemplate(
        RecipeSpec.Step spec,
        Expression when,
        Template title,
        Template with,
        List<CheckTemplate> checks,
        UndoTemplate undo) {

    /**
     * Empty when the step does not apply here.
     *
     * @param waived the restore points that are done without, and so not taken
     */
    Optional<PlannedStep> fill(String id, Scope scope, Set<String> waived) throws CannotEvaluate {
        boolean serves = spec.restorePoint() != null && waived.contains(spec.restorePoint());
        if (serves || when != null && !when.holds(scope)) {
            return Optional.empty();
        }
        return Optional.of(new PlannedStep(
                id,
                title.fill(scope).asText(),
                spec.source(),
                spec.action(),
                (ObjectNode) with.fill(scope),
                filled(checks, scope),
                spec.reversibility(),
                spec.maxAttempts(),
                spec.limits().orDefault(),
                spec.expected(),
                undo == null ? null : undo.fill(scope),
                null,
                spec.restorePoint(),
                spec.needs()));
    }

    static List<CheckSpec> filled(List<CheckTemplate> checks, Scope scope) throws CannotEvaluate {
        List<CheckSpec> filled = new ArrayList<>();
        for (CheckTemplate check : checks) {
            check.fill(scope).ifPresent(filled::add);
        }
        return filled;
    }
}
