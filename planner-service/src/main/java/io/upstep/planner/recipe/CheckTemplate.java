package io.upstep.planner.recipe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.CheckSpec;
import java.time.Duration;
import java.util.Optional;

/** A check of a recipe before the installation is known. */
record CheckTemplate(String check, Expression when, Template with, Duration within) {

    /** Empty when the check does not apply here. */
    Optional<CheckSpec> fill(Scope scope) throws CannotEvaluate {
        if (when != null && !when.holds(scope)) {
            return Optional.empty();
        }
        return Optional.of(new CheckSpec(check, (ObjectNode) with.fill(scope), within));
    }
}
