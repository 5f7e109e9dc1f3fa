package io.upstep.planner.recipe;

import java.util.LinkedHashMap;
import java.util.List;

/** A platform ready to be used: what it is, how to observe it, and its upgrade graph. */
record Platform(
        String file,
        String digest,
        PlatformSpec spec,
        LinkedHashMap<String, FactTemplate> facts,
        ParameterRules parameters,
        Expression downgradeAllowed,
        UpgradeGraph graph) {

    String name() {
        return spec.platform();
    }

    /** How to observe a fact. */
    record FactTemplate(ValueType type, String probe, Template with) {}

    List<Recipe> recipes() {
        return graph.recipes();
    }
}
