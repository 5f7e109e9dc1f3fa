package io.upstep.planner.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.upstep.event.Installation;
import io.upstep.planner.plan.Plan;
import io.upstep.planner.plan.PlanStatus;
import io.upstep.planner.plan.Step;
import java.time.Instant;
import java.util.List;

/** A plan as it stands in a list. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PlanSummary(
        String id,
        long number,
        PlanStatus status,
        String reason,
        String platform,
        Installation installation,
        String from,
        String target,
        int steps,
        int stepsDone,
        String currentStep,
        Instant createdAt,
        Instant updatedAt,
        Instant finishedAt) {

    static PlanSummary of(Plan plan) {
        return new PlanSummary(
                plan.id(),
                plan.number(),
                plan.status(),
                plan.reason(),
                plan.submission().platform(),
                plan.installation(),
                plan.route() == null ? null : plan.route().from(),
                plan.submission().target(),
                plan.steps().size(),
                (int) plan.steps().stream().filter(s -> s.status().isDone()).count(),
                plan.currentStep().map(Step::id).orElse(null),
                plan.createdAt(),
                plan.updatedAt(),
                plan.finishedAt());
    }

    /** @param next give it as {@code cursor} for the next page; absent on the last */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Page(List<PlanSummary> plans, String next) {}
}
