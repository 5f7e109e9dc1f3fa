package io.upstep.planner.recipe;

import io.upstep.configuration.Rulebook;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * A platform ready to be used: what it is, how to observe it, and its upgrade graph.
 *
 * @param rulebook how its configuration is moved; empty if nobody has written that down
 */
record Platform(
        String file,
        String digest,
        PlatformSpec spec,
        Shared shared,
        LinkedHashMap<String, FactTemplate> facts,
        ParameterRules parameters,
        Expression downgradeAllowed,
        UpgradeGraph graph,
        Optional<Rulebook> rulebook) {

    Platform with(Rulebook rules) {
        return new Platform(
                file, digest, spec, shared, facts, parameters, downgradeAllowed, graph, Optional.ofNullable(rules));
    }

    /** @throws CannotEvaluate as {@link UpgradeGraph#chosen} */
    Platform chosen(Scope scope) throws CannotEvaluate {
        return new Platform(
                file, digest, spec, shared, facts, parameters, downgradeAllowed, graph.chosen(scope), rulebook);
    }

    String name() {
        return spec.platform();
    }

    /** How to observe a fact. */
    record FactTemplate(ValueType type, String probe, Template with) {}

    List<Recipe> recipes() {
        return graph.recipes();
    }
}
