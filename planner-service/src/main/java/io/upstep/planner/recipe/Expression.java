package io.upstep.planner.recipe;

import dev.cel.common.types.CelType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime.Program;
import dev.cel.runtime.CelUnknownSet;
import java.util.Set;

/**
 * A compiled CEL expression.
 *
 * @param variables the names it mentions; one that is unknown is no harm if the value does not depend on it
 */
record Expression(String text, CelType type, Set<String> variables, Program program) {

    Object value(Scope scope) throws CannotEvaluate {
        try {
            Object value = program.eval(scope.bindings());
            if (value instanceof CelUnknownSet) {
                requireVariables(scope);
                throw new CannotEvaluate(text, null, "its value is not known");
            }
            return value;
        } catch (CelEvaluationException e) {
            requireVariables(scope);
            throw new CannotEvaluate(text, null, e.getMessage());
        }
    }

    boolean holds(Scope scope) throws CannotEvaluate {
        return Boolean.TRUE.equals(value(scope));
    }

    /** A variable without a value explains better than CEL does why there is none. */
    private void requireVariables(Scope scope) throws CannotEvaluate {
        for (String variable : variables) {
            scope.require(variable, text);
        }
    }
}
