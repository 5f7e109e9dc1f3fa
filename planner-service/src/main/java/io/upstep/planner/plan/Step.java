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
 */
@RecordBuilder
public record Step(PlannedStep planned, StepStatus status, int allowed, List<Attempt> attempts)
        implements StepBuilder.With {
    public Step {
        attempts = attempts == null ? List.of() : List.copyOf(attempts);
    }

    static Step pending(PlannedStep planned) {
        return new Step(planned, StepStatus.PENDING, planned.maxAttempts(), List.of());
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
