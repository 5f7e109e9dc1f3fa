package io.upstep.planner.api;

import io.upstep.planner.plan.Plan;
import io.upstep.planner.plan.Refusal;

/** A plan's refusal as a problem document. */
final class Refusals {
    private Refusals() {}

    static Problem problem(Plan plan) {
        Refusal refusal = plan.refusal();
        ProblemCode code = ProblemCode.named(refusal.code()).orElse(ProblemCode.REFUSED);
        return Problem.of(code, refusal.expected(), refusal.actual(), refusal.remedy())
                .withDetail(refusal.detail())
                .withEvidence(refusal.evidence())
                .about(plan.id());
    }
}
