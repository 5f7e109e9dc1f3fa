package io.upstep.planner.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.CheckSpec;
import io.upstep.event.Outcome;
import io.upstep.event.TimeLimits;
import io.upstep.event.Verdict;
import io.upstep.planner.plan.Attempt;
import io.upstep.planner.plan.MarkedDone;
import io.upstep.planner.plan.PlannedStep;
import io.upstep.planner.plan.Step;
import io.upstep.planner.plan.StepStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A step as the API shows it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StepView(
        String id,
        String title,
        String source,
        StepStatus status,
        String action,
        ObjectNode with,
        List<CheckSpec> checks,
        PlannedStep.Reversibility reversibility,
        PlannedStep.Undo undo,
        String undoes,
        String restorePoint,
        List<String> needs,
        int maxAttempts,
        TimeLimits limits,
        Duration expected,
        List<AttemptView> attempts) {

    static StepView of(Step step) {
        PlannedStep planned = step.planned();
        return new StepView(
                planned.id(),
                planned.title(),
                planned.source(),
                step.status(),
                planned.action(),
                planned.with(),
                planned.checks(),
                planned.reversibility(),
                planned.undo(),
                planned.undoes(),
                planned.restorePoint(),
                planned.needs().isEmpty() ? null : planned.needs(),
                step.allowed(),
                planned.limits(),
                planned.expected(),
                step.attempts().stream().map(AttemptView::of).toList());
    }

    /** One try of the step. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record AttemptView(
            int attempt,
            long epoch,
            String worker,
            Instant requestedAt,
            Instant acceptedAt,
            Instant lastHeartbeat,
            Instant finishedAt,
            Double fraction,
            String message,
            Outcome outcome,
            Verdict verdict,
            MarkedDone marked) {

        static AttemptView of(Attempt attempt) {
            return new AttemptView(
                    attempt.number(),
                    attempt.epoch(),
                    attempt.worker(),
                    attempt.requestedAt(),
                    attempt.acceptedAt(),
                    attempt.lastHeartbeat(),
                    attempt.finishedAt(),
                    attempt.fraction(),
                    attempt.message(),
                    attempt.outcome(),
                    attempt.verdict(),
                    attempt.marked());
        }
    }
}
