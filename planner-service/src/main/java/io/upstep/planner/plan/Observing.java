package io.upstep.planner.plan;

import io.upstep.event.FactSpec;
import io.upstep.event.InstallationObserved;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The looks at the installation: the first, from which the plan follows, and the one right before it starts. */
final class Observing {
    private final Resolver resolver;
    private final Patience patience;
    private final Reminders reminders;
    private final Running running;

    Observing(Resolver resolver, Patience patience, Running running) {
        this.resolver = resolver;
        this.patience = patience;
        reminders = new Reminders(patience);
        this.running = running;
    }

    /** @param startedBy who starts the plan with this look; null for the first look */
    void ask(Draft draft, String startedBy) {
        ask(draft, startedBy, resolver.factsToObserve(draft.plan().submission().question()));
    }

    private void ask(Draft draft, String startedBy, List<FactSpec> facts) {
        Plan plan = draft.plan();
        int count = plan.observations() + 1;
        Observation observation =
                new Observation(draft.question("o", count), startedBy, facts, 1, draft.now(), null, null, null);
        draft.become(plan.withObservation(observation).withObservations(count));
        draft.move(PlanStatus.OBSERVING, null);
        draft.say(Messages.observe(draft.plan()));
        draft.wakeAfter(patience.answer().after(1), Timer.Purpose.OBSERVE_AGAIN);
    }

    void askAgain(Draft draft) {
        Observation observation = draft.plan().observation();
        Observation again = observation.withRings(observation.rings() + 1);
        draft.become(draft.plan().withObservation(again));
        draft.say(Messages.observe(draft.plan()));
        draft.wakeAfter(patience.answer().after(again.rings()), Timer.Purpose.OBSERVE_AGAIN);
        reminders.reminded(draft, again.rings(), "verifier", again.requestedAt());
    }

    void answered(Draft draft, InstallationObserved event) {
        Plan plan = draft.plan();
        Observation asked = plan.observation();
        boolean awaited = plan.status() == PlanStatus.OBSERVING && asked.id().equals(event.observationId());
        if (!awaited || asked.isAnswered()) {
            return;
        }
        List<FactSpec> needed = resolver.factsToObserve(plan.submission().question());
        if (!names(asked.asked()).containsAll(names(needed))) {
            // The recipes have changed meanwhile, and what nobody has looked at would count as unknown.
            ask(draft, asked.startedBy(), needed);
            return;
        }
        draft.become(plan.withObservation(asked.with(
                o -> o.verifier(event.verifier()).facts(event.facts()).observedAt(event.observedAt()))));
        draft.log(Entry.Type.PLAN_OBSERVED, event.verifier(), "observation", asked.id(), "facts", event.facts());
        Resolution resolution = resolver.resolve(plan.submission().question(), event.facts());
        if (resolution instanceof Resolution.Refused refused) {
            refuse(draft, refused.refusal());
        } else if (resolution instanceof Resolution.Resolved resolved) {
            resolve(draft, resolved);
        }
    }

    private static Set<String> names(List<FactSpec> facts) {
        return facts.stream().map(FactSpec::fact).collect(Collectors.toSet());
    }

    private void refuse(Draft draft, Refusal refusal) {
        draft.become(draft.plan().withRefusal(refusal));
        draft.move(PlanStatus.REFUSED, refusal.detail());
        draft.log(Entry.Type.PLAN_REFUSED, Entry.PLANNER, "refusal", refusal);
    }

    private void resolve(Draft draft, Resolution.Resolved resolved) {
        String startedBy = draft.plan().observation().startedBy();
        if (startedBy == null) {
            plan(draft, resolved);
            return;
        }
        List<String> differences = Differences.between(draft.plan(), resolved);
        if (differences.isEmpty()) {
            draft.become(draft.plan().withRoute(Route.of(resolved)));
            running.begin(draft, startedBy);
        } else {
            take(draft, resolved);
            draft.move(
                    PlanStatus.PLANNED,
                    "the installation has changed since the plan was shown; read it and start it again");
            draft.log(Entry.Type.PLAN_CHANGED, Entry.PLANNER, "differences", differences, "path", resolved.path());
        }
    }

    private void plan(Draft draft, Resolution.Resolved resolved) {
        take(draft, resolved);
        draft.log(
                Entry.Type.PLAN_PLANNED,
                Entry.PLANNER,
                "from",
                resolved.from(),
                "path",
                resolved.path(),
                "steps",
                resolved.steps().stream().map(PlannedStep::id).toList(),
                "warnings",
                resolved.warnings());
        if (draft.plan().submission().start() == Submission.Start.AUTOMATIC) {
            running.begin(draft, draft.plan().createdBy());
        } else {
            draft.move(PlanStatus.PLANNED, null);
        }
    }

    /** Other steps than those shown are other risks: what was accepted for the old ones does not count for them. Only waivers do. */
    private void take(Draft draft, Resolution.Resolved resolved) {
        draft.become(draft.plan().with(p -> p.route(Route.of(resolved))
                .steps(resolved.steps().stream().map(Step::pending).toList())
                .acceptedRisks(RestorePoints.waived(draft.plan().submission().waivers(), resolved.steps()))));
    }
}
