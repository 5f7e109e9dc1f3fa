package io.upstep.planner.plan;

import io.upstep.event.AttemptId;
import io.upstep.event.ObservationRequested;
import io.upstep.event.PlanVerificationRequested;
import io.upstep.event.StepCancelRequested;
import io.upstep.event.StepRequested;

/** What the planner tells the others, derived from the plan alone, so that it can be said again word for word. */
final class Messages {
    private Messages() {}

    static ObservationRequested observe(Plan plan) {
        return new ObservationRequested(
                plan.id(),
                plan.observation().id(),
                plan.installation(),
                plan.observation().asked());
    }

    static StepRequested request(Plan plan, Step step, Attempt attempt) {
        PlannedStep planned = step.planned();
        return new StepRequested(
                id(plan, step, attempt),
                plan.installation(),
                StepRequested.Mode.APPLY,
                planned.action(),
                planned.with(),
                planned.checks(),
                planned.limits(),
                attempt.cursor(),
                1,
                null,
                null,
                null);
    }

    static StepCancelRequested stop(Plan plan, Step step, Attempt attempt, String reason) {
        return new StepCancelRequested(id(plan, step, attempt), plan.installation(), reason, null, false);
    }

    static PlanVerificationRequested verify(Plan plan) {
        Verification verification = plan.verification();
        return new PlanVerificationRequested(
                plan.id(),
                verification.id(),
                plan.installation(),
                plan.submission().platform(),
                plan.route() == null ? null : plan.route().from(),
                plan.submission().target(),
                verification.ending(),
                verification.reason(),
                plan.route() == null ? null : plan.route().exit(),
                plan.observation().asked(),
                plan.acceptedRisks(),
                plan.startedAt() == null ? plan.createdAt() : plan.startedAt());
    }

    private static AttemptId id(Plan plan, Step step, Attempt attempt) {
        return new AttemptId(plan.id(), step.id(), attempt.number(), attempt.epoch());
    }
}
