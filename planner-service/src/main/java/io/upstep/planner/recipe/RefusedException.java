package io.upstep.planner.recipe;

import io.upstep.planner.plan.Refusal;

/** Carries a refusal from where it is found to where the question is answered. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    RefusedException(Refusal refusal) {
        super(refusal.detail());
        this.refusal = refusal;
    }

    Refusal refusal() {
        return refusal;
    }
}
