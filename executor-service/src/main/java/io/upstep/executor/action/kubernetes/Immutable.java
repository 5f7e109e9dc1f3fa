package io.upstep.executor.action.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the API server lets nobody change in an object that is there: the usual kinds' known fields. */
final class Immutable {
    private static final Map<String, Set<String>> FIELDS = Map.of(
            "Service", Set.of("clusterIP"),
            "Deployment", Set.of("selector"),
            "DaemonSet", Set.of("selector"),
            "ReplicaSet", Set.of("selector"),
            "Job", Set.of("selector", "template", "completionMode"));
    private static final Map<String, Set<String>> ALL_BUT = Map.of(
            "PersistentVolumeClaim",
            Set.of("resources", "volumeAttributesClassName"),
            "StatefulSet",
            Set.of(
                    "replicas",
                    "template",
                    "updateStrategy",
                    "persistentVolumeClaimRetentionPolicy",
                    "minReadySeconds",
                    "ordinals",
                    "revisionHistoryLimit"));

    private Immutable() {}

    /** The fields that differ although nobody can change them, as in {@code Service web: spec.clusterIP}. */
    static List<String> differences(JsonNode wanted, JsonNode now) {
        List<String> found = new ArrayList<>();
        for (String field : candidates(wanted, now)) {
            if (!wanted.path("spec").path(field).equals(now.path("spec").path(field))) {
                found.add(Manifest.title(now) + ": spec." + field);
            }
        }
        for (String field : List.of("roleRef", "type")) {
            if (!wanted.path(field).equals(now.path(field))) {
                found.add(Manifest.title(now) + ": " + field);
            }
        }
        if (now.path("immutable").asBoolean() && !wanted.path("data").equals(now.path("data"))) {
            found.add(Manifest.title(now) + ": data");
        }
        return found;
    }

    private static Set<String> candidates(JsonNode wanted, JsonNode now) {
        String kind = Manifest.kind(now);
        if (!ALL_BUT.containsKey(kind)) {
            return FIELDS.getOrDefault(kind, Set.of());
        }
        Set<String> fields = new TreeSet<>();
        wanted.path("spec").fieldNames().forEachRemaining(fields::add);
        now.path("spec").fieldNames().forEachRemaining(fields::add);
        fields.removeAll(ALL_BUT.get(kind));
        return fields;
    }
}
