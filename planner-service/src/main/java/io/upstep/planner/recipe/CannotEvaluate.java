package io.upstep.planner.recipe;

/** An expression has no value, because a fact is not known or it fails: whoever needed it must refuse. */
final class CannotEvaluate extends Exception {
    private static final long serialVersionUID = 1L;

    private final String fact;

    /** @param fact the fact that is not known; null if it fails for another reason */
    CannotEvaluate(String expression, String fact, String reason) {
        super("'" + expression + "' cannot be evaluated: " + reason);
        this.fact = fact;
    }

    String fact() {
        return fact;
    }
}
