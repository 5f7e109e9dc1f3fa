package io.upstep.planner.recipe;

import dev.cel.common.types.CelType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime.Program;
import java.util.Set;

/**
 * A compiled CEL expression.
 *
 * @param variables the names it mentions; one that is unknown is no harm if the value does not depend on it
 */
record Expression(String text, CelType type, Set<String> variables, Program program) {

    Object value(Scope scope) throws CannotEvaluate {
        try {
            return program.eval(scope.bindings());
        } catch (CelEvaluationException e) {
            for (String variable : variables) {
                scope.require(variable, text);
            }
            throw new CannotEvaluate(text, null, e.getMessage());
        }
    }

    boolean holds(Scope scope) throws CannotEvaluate {
        return Boolean.TRUE.equals(value(scope));
    }
}
