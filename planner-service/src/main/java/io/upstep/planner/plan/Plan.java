package io.upstep.planner.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.soabase.recordbuilder.core.RecordBuilder;
import io.upstep.event.AcceptedRisk;
import io.upstep.event.Installation;
import io.upstep.event.UpgradeCompleted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One upgrade of one installation, as the planner knows it. Immutable; only {@link Decider} makes a changed one.
 *
 * @param id a UUID
 * @param number for people, rising
 * @param epoch the highest fencing number given out for it; rises with every attempt, stop and retry
 * @param reason why it is refused, failed, cancelled or paused, in one sentence; null otherwise
 * @param route the path and what rests on it; null until resolved
 * @param refusal why there is no path; null unless {@link PlanStatus#REFUSED}
 * @param observation the last look at the installation, asked for or answered
 * @param observations how many were asked for
 * @param intent a pause or cancel that waits for the running step; else null
 * @param verification the final judgement asked for last; else null
 * @param verifications how many were asked for
 * @param timer when it acts by itself; null only in the end, or while a person is waited for
 * @param completion what the verifier said in the end; null until then
 * @param statusSince since when it has this status
 * @param startedAt when its first step was requested; null until then
 * @param finishedAt when it became terminal; null until then
 */
@RecordBuilder
public record Plan(
        String id,
        long number,
        Submission submission,
        String createdBy,
        Instant createdAt,
        Instant updatedAt,
        PlanStatus status,
        Instant statusSince,
        String reason,
        long epoch,
        Route route,
        Refusal refusal,
        List<Step> steps,
        Observation observation,
        int observations,
        Intent intent,
        Verification verification,
        int verifications,
        List<AcceptedRisk> acceptedRisks,
        Timer timer,
        UpgradeCompleted completion,
        Instant startedAt,
        Instant finishedAt)
        implements PlanBuilder.With {
    public Plan {
        steps = steps == null ? List.of() : List.copyOf(steps);
        acceptedRisks = acceptedRisks == null ? List.of() : List.copyOf(acceptedRisks);
    }

    @JsonIgnore
    public Installation installation() {
        return submission.installation();
    }

    /** The step under way or next in turn: the first that is neither passed nor skipped. Empty when all are. */
    @JsonIgnore
    public Optional<Step> currentStep() {
        return steps.stream().filter(step -> !step.status().isDone()).findFirst();
    }

    @JsonIgnore
    public Optional<Step> step(String stepId) {
        return steps.stream().filter(step -> step.id().equals(stepId)).findFirst();
    }

    /**
     * Why this plan could wait for ever without anybody knowing; empty if it cannot. Promise 2 of the design: it is always
     * empty.
     */
    @JsonIgnore
    public Optional<String> stuck() {
        boolean waitsForPerson = status == PlanStatus.PLANNED || status == PlanStatus.PAUSED;
        if (status.isTerminal() || waitsForPerson || timer != null) {
            return Optional.empty();
        }
        return Optional.of("plan " + id + " is " + status + " without a timer and waits for nobody");
    }

    Plan withStep(Step changed) {
        List<Step> all = new ArrayList<>(steps);
        all.replaceAll(step -> step.id().equals(changed.id()) ? changed : step);
        return withSteps(all);
    }
}
