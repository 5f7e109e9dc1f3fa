package io.upstep.simulator.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.simulator.store.Fields;
import io.upstep.simulator.store.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Chooses objects by the few fields the API server offers for it. */
public final class FieldSelector implements Predicate<JsonNode> {
    private static final Set<String> ALWAYS = Set.of("metadata.name", "metadata.namespace");
    private static final Map<String, Set<String>> BY_KIND = Map.of(
            "Pod",
            Set.of(
                    "spec.nodeName",
                    "spec.restartPolicy",
                    "spec.schedulerName",
                    "spec.serviceAccountName",
                    "status.phase",
                    "status.podIP"),
            "Event",
            Set.of(
                    "involvedObject.kind",
                    "involvedObject.namespace",
                    "involvedObject.name",
                    "involvedObject.uid",
                    "involvedObject.apiVersion",
                    "reason",
                    "reportingComponent",
                    "source",
                    "type"),
            "Secret",
            Set.of("type"),
            "Namespace",
            Set.of("status.phase"),
            "ReplicaSet",
            Set.of("status.replicas"),
            "Job",
            Set.of("status.successful"),
            "Node",
            Set.of("spec.unschedulable"));

    private final List<Predicate<JsonNode>> requirements;

    private FieldSelector(List<Predicate<JsonNode>> requirements) {
        this.requirements = requirements;
    }

    public static FieldSelector parse(ResourceType type, String text) {
        List<Predicate<JsonNode>> all = new ArrayList<>();
        for (String part : text.split(",")) {
            if (!part.isBlank()) {
                all.add(requirement(type, part.trim()));
            }
        }
        return new FieldSelector(all);
    }

    @Override
    public boolean test(JsonNode object) {
        return requirements.stream().allMatch(r -> r.test(object));
    }

    private static Predicate<JsonNode> requirement(ResourceType type, String text) {
        boolean not = text.contains("!=");
        String[] sides = text.split("!=|==|=", 2);
        String field = sides[0].trim();
        if (sides.length < 2) {
            throw Refusal.badRequest("invalid selector: '" + text + "'; can't understand '" + text + "'");
        }
        if (!ALWAYS.contains(field)
                && !BY_KIND.getOrDefault(type.kind(), Set.of()).contains(field)) {
            throw Refusal.badRequest("field label not supported: " + field);
        }
        String[] path = field.split("\\.");
        return object -> Fields.text(object, path).equals(sides[1].trim()) != not;
    }
}
