package io.upstep.simulator.rules;

import static io.upstep.simulator.store.Fields.at;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.store.Meta;
import io.upstep.simulator.store.ResourceType;
import java.util.List;
import java.util.Objects;

/** Refuses changes of what can never change, in the API server's words. */
public final class Immutable {
    private static final List<String> STATEFUL_SET_MUTABLE = List.of(
            "replicas",
            "ordinals",
            "template",
            "updateStrategy",
            "revisionHistoryLimit",
            "persistentVolumeClaimRetentionPolicy",
            "minReadySeconds");

    private Immutable() {}

    public static void check(ResourceType type, ObjectNode before, ObjectNode after) {
        if (!type.builtIn()) {
            return;
        }
        switch (type.kind()) {
            case "Deployment", "ReplicaSet", "DaemonSet" -> fixed(type, before, after, "selector");
            case "StatefulSet" -> statefulSet(type, before, after);
            case "Job" -> {
                fixed(type, before, after, "selector");
                fixed(type, before, after, "template");
                fixed(type, before, after, "completions");
            }
            case "PersistentVolumeClaim" -> claim(type, before, after);
            case "Service" -> service(type, before, after);
            case "Secret", "ConfigMap" -> data(type, before, after);
            default -> {
                // All of the other kinds may change.
            }
        }
    }

    private static void fixed(ResourceType type, ObjectNode before, ObjectNode after, String field) {
        JsonNode now = at(after, "spec", field);
        if (!at(before, "spec", field).equals(now)) {
            throw Refusal.invalid(
                    type,
                    Meta.name(after),
                    "spec." + field,
                    "Invalid value: " + (now.isMissingNode() ? "null" : now) + ": field is immutable");
        }
    }

    private static void statefulSet(ResourceType type, ObjectNode before, ObjectNode after) {
        if (!without(before.path("spec"), STATEFUL_SET_MUTABLE)
                .equals(without(after.path("spec"), STATEFUL_SET_MUTABLE))) {
            throw Refusal.invalid(
                    type,
                    Meta.name(after),
                    "spec",
                    "Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', "
                            + "'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and "
                            + "'minReadySeconds' are forbidden");
        }
    }

    private static void claim(ResourceType type, ObjectNode before, ObjectNode after) {
        List<String> mutable = List.of("resources", "volumeName", "volumeAttributesClassName");
        if (!without(before.path("spec"), mutable).equals(without(after.path("spec"), mutable))) {
            throw Refusal.invalid(
                    type,
                    Meta.name(after),
                    "spec",
                    "Forbidden: spec is immutable after creation except resources.requests and "
                            + "volumeAttributesClassName for bound claims");
        }
    }

    private static void service(ResourceType type, ObjectNode before, ObjectNode after) {
        JsonNode ip = at(after, "spec", "clusterIP");
        if (!Objects.equals(at(before, "spec", "clusterIP"), ip)
                && at(before, "spec", "type").equals(at(after, "spec", "type"))) {
            throw Refusal.invalid(
                    type,
                    Meta.name(after),
                    "spec.clusterIPs[0]",
                    "Invalid value: [" + ip + "]: may not change once set");
        }
    }

    private static void data(ResourceType type, ObjectNode before, ObjectNode after) {
        boolean frozen = before.path("immutable").asBoolean();
        if (frozen && !before.path("data").equals(after.path("data"))) {
            throw Refusal.invalid(
                    type, Meta.name(after), "data", "Forbidden: field is immutable when `immutable` is set");
        }
    }

    private static JsonNode without(JsonNode spec, List<String> fields) {
        return spec instanceof ObjectNode object ? object.deepCopy().without(fields) : spec;
    }
}
