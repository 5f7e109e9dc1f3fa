package io.upstep.simulator.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.rules.LabelSelector;
import io.upstep.simulator.store.Key;
import io.upstep.simulator.store.Meta;
import io.upstep.simulator.store.ObjectStore;
import java.util.Map;
import java.util.Optional;

/** What a policy or a binding is about: rules, exceptions from them, and labels of namespace and object. */
record MatchResources(Rules rules, Rules exceptions, LabelSelector namespaces, LabelSelector objects, boolean any) {

    static MatchResources of(JsonNode spec) {
        return new MatchResources(
                new Rules(spec.path("resourceRules")),
                new Rules(spec.path("excludeResourceRules")),
                LabelSelector.of(spec.path("namespaceSelector")),
                LabelSelector.of(spec.path("objectSelector")),
                spec.path("resourceRules").isEmpty());
    }

    boolean test(Attempt attempt, ObjectStore store) {
        return !exceptions.test(attempt)
                && (any || rules.test(attempt))
                && inNamespace(attempt, store)
                && (isChosen(attempt.object()) || isChosen(attempt.oldObject()));
    }

    private boolean isChosen(ObjectNode object) {
        return object != null && objects.test(Meta.labels(object));
    }

    /** What belongs to no namespace is not kept out by a namespace's labels, but a namespace is by its own. */
    private boolean inNamespace(Attempt attempt, ObjectStore store) {
        if (attempt.type().kind().equals("Namespace")) {
            return namespaces.test(Meta.labels(attempt.any()));
        }
        return attempt.namespace().isEmpty() || namespaces.test(labels(attempt.namespace(), store));
    }

    private static Map<String, String> labels(String namespace, ObjectStore store) {
        Optional<ObjectNode> found = store.get(new Key("namespaces", "", namespace));
        return found.map(Meta::labels).orElse(Map.of());
    }
}
