package io.upstep.planner.recipe;

import io.upstep.event.CheckSpec;
import io.upstep.event.Fact;
import io.upstep.planner.plan.PlannedStep;
import io.upstep.planner.plan.Resolution;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns a route into the steps of a plan, edge by edge, if the installation meets the conditions of every edge. */
final class RoutePlanner {
    private final Platform platform;
    private final Scope scope;
    private final Map<String, Fact> facts;
    private final Set<String> waived;
    private final ConfigurationMove configuration;

    RoutePlanner(Platform platform, Scope scope, Map<String, Fact> facts, Set<String> waived) {
        this.configuration = new ConfigurationMove(platform.rulebook());
        this.platform = platform;
        this.scope = scope;
        this.facts = facts;
        this.waived = waived;
    }

    Resolution.Resolved plan(Route route) throws RefusedException {
        List<PlannedStep> steps = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        List<CheckSpec> exit = List.of();
        Map<String, String> digests = new LinkedHashMap<>(Map.of(platform.file(), platform.digest()));
        for (UpgradeGraph.Hop hop : route.hops()) {
            Recipe recipe = hop.recipe();
            Scope before = named(hop);
            new ConditionJudge(before, facts).requireAll(recipe);
            digests.put(recipe.name(), recipe.digest());
            boolean last = hop.equals(route.hops().get(route.hops().size() - 1));
            Scope here = moved(hop, before, last);
            warnings.addAll(warnings(hop, here));
            List<CheckSpec> checks = checks(recipe, recipe.exit(), here);
            List<PlannedStep> crossing = steps(hop, here, route.hops().size() > 1);
            steps.addAll(last ? crossing : proven(crossing, checks));
            exit = checks;
        }
        requireRestorePoints(steps);
        return new Resolution.Resolved(
                route.from().text(),
                route.versions(),
                steps,
                exit,
                undone(route.hops().get(0)),
                digests,
                warnings,
                configuration.changes());
    }

    /** A recipe may leave a backup to people; then they have to say that they have it. */
    private void requireRestorePoints(List<PlannedStep> steps) throws RefusedException {
        Set<String> proven = new HashSet<>();
        for (PlannedStep step : steps) {
            for (String need : step.needs()) {
                if (!proven.contains(need) && !waived.contains(need)) {
                    throw new RefusedException(Refusals.restorePointMissing(step, need));
                }
            }
            if (step.restorePoint() != null && !step.checks().isEmpty()) {
                proven.add(step.restorePoint());
            } else if (step.restorePoint() != null) {
                // It is taken, or taken anew; proven it is by a later step that a verifier looks at, if that applies
                // here.
                proven.remove(step.restorePoint());
            }
        }
    }

    private Scope moved(UpgradeGraph.Hop hop, Scope before, boolean last) throws RefusedException {
        try {
            return configuration.across(hop, before, last);
        } catch (CannotEvaluate e) {
            throw refused(hop.recipe(), e);
        }
    }

    private Scope named(UpgradeGraph.Hop hop) throws RefusedException {
        try {
            return hop.recipe().shared().bind(at(hop));
        } catch (CannotEvaluate e) {
            throw refused(hop.recipe(), e);
        }
    }

    private Scope at(UpgradeGraph.Hop hop) {
        return scope.with("from", hop.from().text())
                .with("to", hop.to().text())
                .with(Vocabulary.WAIVED, waived.stream().sorted().toList());
    }

    /** However many edges are crossed, a rollback ends where the first one began. */
    private List<CheckSpec> undone(UpgradeGraph.Hop first) throws RefusedException {
        return checks(first.recipe(), first.recipe().undone(), named(first));
    }

    private List<PlannedStep> steps(UpgradeGraph.Hop hop, Scope here, boolean oneOfSeveral) throws RefusedException {
        List<PlannedStep> steps = new ArrayList<>();
        for (StepTemplate step : hop.recipe().steps()) {
            String id = oneOfSeveral
                    ? step.spec().id() + "-to-" + hop.to().text()
                    : step.spec().id();
            try {
                step.fill(id, here, waived).ifPresent(steps::add);
            } catch (CannotEvaluate e) {
                throw refused(hop.recipe(), e);
            }
        }
        return steps;
    }

    private List<CheckSpec> checks(Recipe recipe, List<CheckTemplate> templates, Scope here) throws RefusedException {
        try {
            return StepTemplate.filled(templates, here);
        } catch (CannotEvaluate e) {
            throw refused(recipe, e);
        }
    }

    /** What an edge promises is checked before the next one is entered: by its last step. */
    private static List<PlannedStep> proven(List<PlannedStep> crossing, List<CheckSpec> exit) {
        if (crossing.isEmpty()) {
            return crossing;
        }
        List<PlannedStep> proven = new ArrayList<>(crossing);
        PlannedStep last = proven.remove(proven.size() - 1);
        List<CheckSpec> checks = new ArrayList<>(last.checks());
        checks.addAll(exit);
        proven.add(last.withChecks(checks));
        return proven;
    }

    private List<String> warnings(UpgradeGraph.Hop hop, Scope here) {
        List<String> warnings = new ArrayList<>();
        platform.graph()
                .stopAt(hop.to())
                .ifPresent(stop -> warnings.add("Stops at " + hop.to() + ": " + Refusals.oneLine(stop.reason())));
        for (Recipe.Warning warning : hop.recipe().warnings()) {
            said(warning, here).ifPresent(warnings::add);
        }
        return warnings;
    }

    /** A warning that cannot be judged is given: people can judge it. */
    private static Optional<String> said(Recipe.Warning warning, Scope here) {
        try {
            boolean applies = warning.when() == null || warning.when().holds(here);
            return applies
                    ? Optional.of(Refusals.oneLine(warning.say().fill(here).asText()))
                    : Optional.empty();
        } catch (CannotEvaluate e) {
            return Optional.of(Refusals.oneLine(warning.spec().say()) + " (Whether this applies is not known: "
                    + e.getMessage() + ")");
        }
    }

    private RefusedException refused(Recipe recipe, CannotEvaluate e) {
        return new RefusedException(
                e.fact() == null
                        ? Refusals.recipeFailed(recipe.name(), e)
                        : Refusals.factUnknown(e.fact(), facts.get(e.fact()), e.getMessage()));
    }
}
