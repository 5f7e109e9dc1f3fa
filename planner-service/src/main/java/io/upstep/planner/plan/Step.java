package io.upstep.planner.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A planned step and what has become of it.
 *
 * @param allowed how many attempts may be made in all; a person's retry raises it
 * @param firstAttempt the first attempt whose work counts; raised when a person wants the step done again
 */
@RecordBuilder
public record Step(PlannedStep planned, StepStatus status, int allowed, int firstAttempt, List<Attempt> attempts)
        implements StepBuilder.With {
    public Step {
        firstAttempt = Math.max(1, firstAttempt);
        attempts = attempts == null ? List.of() : List.copyOf(attempts);
    }

    public static Step pending(PlannedStep planned) {
        return new Step(planned, StepStatus.PENDING, planned.maxAttempts(), 1, List.of());
    }

    @JsonIgnore
    public String id() {
        return planned.id();
    }

    @JsonIgnore
    public Optional<Attempt> lastAttempt() {
        return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.get(attempts.size() - 1));
    }

    @JsonIgnore
    public boolean hasAttemptsLeft() {
        return attempts.size() < allowed;
    }

    /** Somebody may have changed the installation because of it. */
    @JsonIgnore
    public boolean isTouched() {
        return !attempts.isEmpty();
    }

    /** No executor or verifier has it: a person may decide what becomes of it. */
    @JsonIgnore
    public boolean isIdle() {
        return status == StepStatus.PENDING || status == StepStatus.RETRYING || status == StepStatus.FAILED;
    }

    /** Where the next attempt can go on; null when it has to begin anew. */
    @JsonIgnore
    String cursor() {
        return lastAttempt()
                .filter(attempt -> attempt.number() >= firstAttempt)
                .map(Attempt::cursor)
                .orElse(null);
    }

    /** As many attempts as it had in the beginning, on top of those made. */
    Step withFreshAttempts() {
        return withAllowed(attempts.size() + planned.maxAttempts());
    }

    Step withLast(Attempt attempt) {
        List<Attempt> changed = new ArrayList<>(attempts);
        changed.set(changed.size() - 1, attempt);
        return withAttempts(changed);
    }

    Step withNext(Attempt attempt) {
        List<Attempt> changed = new ArrayList<>(attempts);
        changed.add(attempt);
        return withAttempts(changed);
    }
}
