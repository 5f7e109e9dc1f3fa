package io.upstep.simulator.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.store.Meta;
import java.util.LinkedHashMap;
import java.util.Map;

/** Compiles each wording of a policy once: compiling takes a hundred times as long as evaluating, and clusters share it. */
final class CompiledPolicies {
    private static final int KEPT = 64;
    private static final Map<String, Policy> KNOWN = new LinkedHashMap<>();

    private CompiledPolicies() {}

    static synchronized Policy of(ObjectNode object) {
        String wording = Meta.name(object) + object.path("spec");
        Policy known = KNOWN.get(wording);
        if (known == null) {
            known = Policy.of(object);
            KNOWN.put(wording, known);
            if (KNOWN.size() > KEPT) {
                KNOWN.remove(KNOWN.keySet().iterator().next());
            }
        }
        return known;
    }
}
