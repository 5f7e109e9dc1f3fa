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
 * @param planner which Upstep it belongs to
 * @param reason why it is refused, failed, cancelled or paused, in one sentence; null otherwise
 * @param route the path and what rests on it; null until resolved
 * @param refusal why there is no path; null unless {@link PlanStatus#REFUSED}
 * @param observation the last look at the installation, asked for or answered
 * @param observations how many were asked for
 * @param intent a pause, cancel or rollback that waits for the running step; else null
 * @param verification the final judgement asked for last; else null
 * @param verifications how many were asked for
 * @param rollback that it is being, or was, taken back; null for a plan that goes forward
 * @param alert what an operator should look at; null for nothing
 * @param adoptedBy the plan that took the installation over from this one; null for none
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
        String planner,
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
        Rollback rollback,
        Alert alert,
        String adoptedBy,
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

    /** Whether its steps are, or were last, being taken back. */
    @JsonIgnore
    public boolean isTakenBack() {
        return rollback != null;
    }

    /**
     * The step under way or next in turn: the first, of those that go forward or of those that take back, that is neither
     * passed nor skipped. Empty when all are.
     */
    @JsonIgnore
    public Optional<Step> currentStep() {
        return steps.stream()
                .filter(step -> step.planned().goesBack() == isTakenBack())
                .filter(step -> !step.status().isDone())
                .findFirst();
    }

    @JsonIgnore
    public Optional<Step> step(String stepId) {
        return steps.stream().filter(step -> step.id().equals(stepId)).findFirst();
    }

    /** What keeps it from being forgotten. Empty when it is over, and otherwise never: then it would be stuck. */
    @JsonIgnore
    public Optional<Hold> hold() {
        if (status.isTerminal()) {
            return Optional.empty();
        }
        if (alert != null) {
            return Optional.of(Hold.ALERT);
        }
        if (status == PlanStatus.PLANNED || status == PlanStatus.PAUSED) {
            return Optional.of(Hold.GATE);
        }
        return timer == null ? Optional.empty() : Optional.of(isWorkedOn() ? Hold.LEASE : Hold.TIMER);
    }

    /** Why it could wait for ever without anybody knowing; empty if it cannot. */
    @JsonIgnore
    public Optional<String> stuck() {
        return status.isTerminal() || hold().isPresent()
                ? Optional.empty()
                : Optional.of("plan " + id + " is " + status + " without a timer and waits for nobody");
    }

    private boolean isWorkedOn() {
        return status.isWorking() && currentStep().filter(Plan::isAlive).isPresent();
    }

    /** Between the executor's last word and the verifier's first nobody gives signs of life. */
    private static boolean isAlive(Step step) {
        return step.status() == StepStatus.RUNNING
                || step.status() == StepStatus.VERIFYING
                        && step.lastAttempt()
                                .filter(attempt -> !Attempts.isHandedOver(step, attempt))
                                .isPresent();
    }

    /** What it is while its steps are taken. */
    PlanStatus working() {
        return isTakenBack() ? PlanStatus.ROLLING_BACK : PlanStatus.RUNNING;
    }

    Plan withRisk(String stepId, String why, String acceptedBy) {
        List<AcceptedRisk> risks = new ArrayList<>(acceptedRisks);
        risks.add(new AcceptedRisk(stepId, why, acceptedBy));
        return withAcceptedRisks(risks);
    }

    Plan withStep(Step changed) {
        List<Step> all = new ArrayList<>(steps);
        all.replaceAll(step -> step.id().equals(changed.id()) ? changed : step);
        return withSteps(all);
    }
}
