package io.upstep.simulator.admission;

import dev.cel.common.types.CelType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime.Program;

/** A compiled CEL expression. */
record Expression(String text, CelType type, Program program) {

    /** @throws Failed when it cannot be evaluated for what was asked */
    Object value(Scope scope) {
        try {
            return program.eval(scope::find);
        } catch (CelEvaluationException e) {
            throw new Failed("expression '" + text + "' resulted in error: " + e.getMessage());
        }
    }

    boolean holds(Scope scope) {
        return Boolean.TRUE.equals(value(scope));
    }

    /** An evaluation that came to no value. */
    static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failed(String why) {
            super(why, null, false, false);
        }
    }
}
