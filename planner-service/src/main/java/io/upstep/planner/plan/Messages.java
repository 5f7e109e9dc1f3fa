package io.upstep.planner.plan;

import io.upstep.event.AttemptId;
import io.upstep.event.CheckSpec;
import io.upstep.event.Ending;
import io.upstep.event.EventCodec;
import io.upstep.event.LeaseReleaseRequested;
import io.upstep.event.ObservationRequested;
import io.upstep.event.PlanVerificationRequested;
import io.upstep.event.StepCancelRequested;
import io.upstep.event.StepRequested;
import java.util.List;

/** What the planner tells the others, derived from the plan alone, so that it can be said again word for word. */
final class Messages {
    /** The action that does nothing, so that a step which a person did is verified like any other. */
    private static final String MARK_DONE = "mark-done";

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
                attempt.marked() == null ? planned.action() : MARK_DONE,
                attempt.marked() == null ? planned.with() : EventCodec.mapper().valueToTree(attempt.marked()),
                planned.checks(),
                planned.limits(),
                attempt.cursor(),
                step.firstAttempt(),
                attempt.notAfter(planned.limits()),
                plan.planner(),
                plan.submission().adopts());
    }

    /** @param last whether nothing of the plan follows */
    static StepCancelRequested stop(Plan plan, Step step, Attempt attempt, String reason, boolean last) {
        return new StepCancelRequested(
                id(plan, step, attempt),
                plan.installation(),
                reason,
                plan.planner(),
                plan.submission().adopts(),
                last);
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
                plan.route() == null ? null : checks(plan.route(), verification.ending()),
                plan.observation().asked(),
                plan.acceptedRisks(),
                plan.startedAt() == null ? plan.createdAt() : plan.startedAt());
    }

    static LeaseReleaseRequested release(Plan plan) {
        return new LeaseReleaseRequested(plan.id(), plan.installation(), plan.epoch(), plan.planner());
    }

    private static List<CheckSpec> checks(Route route, Ending ending) {
        return switch (ending) {
            case SUCCEEDED -> route.exit();
            case ROLLED_BACK -> route.undone();
            case FAILED, CANCELLED, ABANDONED -> List.of();
        };
    }

    private static AttemptId id(Plan plan, Step step, Attempt attempt) {
        return new AttemptId(plan.id(), step.id(), attempt.number(), attempt.epoch());
    }
}
