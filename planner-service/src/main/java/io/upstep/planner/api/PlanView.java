package io.upstep.planner.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.AcceptedRisk;
import io.upstep.event.CheckSpec;
import io.upstep.event.Fact;
import io.upstep.event.Installation;
import io.upstep.event.UpgradeCompleted;
import io.upstep.planner.plan.Alert;
import io.upstep.planner.plan.ConfigurationChange;
import io.upstep.planner.plan.Plan;
import io.upstep.planner.plan.PlanStatus;
import io.upstep.planner.plan.Rollback;
import io.upstep.planner.plan.Route;
import io.upstep.planner.plan.Waiver;
import io.upstep.planner.plan.Why;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A plan as the API shows it, with its steps, attempts, outcomes, verdicts and evidence. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PlanView(
        String id,
        long number,
        PlanStatus status,
        String reason,
        Why why,
        String platform,
        Installation installation,
        String from,
        String target,
        List<String> path,
        String start,
        ObjectNode parameters,
        List<String> warnings,
        List<ConfigurationChange> configuration,
        Problem refusal,
        List<StepView> steps,
        List<CheckSpec> exit,
        Map<String, Fact> facts,
        List<AcceptedRisk> acceptedRisks,
        Rollback rollback,
        Alert alert,
        String adopts,
        List<Waiver> waivers,
        String adoptedBy,
        UpgradeCompleted completion,
        Map<String, String> recipeDigests,
        long epoch,
        String createdBy,
        Instant createdAt,
        Instant updatedAt,
        Instant startedAt,
        Instant finishedAt) {

    static PlanView of(Plan plan, Why why) {
        Route route = plan.route() == null ? new Route(null, null, null, null, null, null, null) : plan.route();
        return new PlanView(
                plan.id(),
                plan.number(),
                plan.status(),
                plan.reason(),
                why,
                plan.submission().platform(),
                plan.installation(),
                route.from(),
                plan.submission().target(),
                route.path(),
                plan.submission().start().name().toLowerCase(Locale.ROOT),
                plan.submission().parameters(),
                route.warnings(),
                route.configuration().isEmpty() ? null : route.configuration(),
                plan.refusal() == null ? null : Refusals.problem(plan),
                plan.steps().stream().map(StepView::of).toList(),
                route.exit(),
                plan.observation() == null ? null : plan.observation().facts(),
                plan.acceptedRisks(),
                plan.rollback(),
                plan.alert(),
                plan.submission().adopts(),
                plan.submission().waivers().isEmpty() ? null : plan.submission().waivers(),
                plan.adoptedBy(),
                plan.completion(),
                route.recipeDigests(),
                plan.epoch(),
                plan.createdBy(),
                plan.createdAt(),
                plan.updatedAt(),
                plan.startedAt(),
                plan.finishedAt());
    }
}
