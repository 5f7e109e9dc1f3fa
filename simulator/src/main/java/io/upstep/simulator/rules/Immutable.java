package io.upstep.simulator.rules;

import static io.upstep.simulator.store.Fields.at;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.store.ResourceType;
import java.util.ArrayList;
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

    /** What has changed and must not have. */
    public static List<Problem> violated(ResourceType type, ObjectNode before, ObjectNode after) {
        List<Problem> problems = new ArrayList<>();
        if (!type.builtIn()) {
            return problems;
        }
        switch (type.kind()) {
            case "Deployment", "ReplicaSet", "DaemonSet" -> fixed(problems, before, after, "selector");
            case "StatefulSet" -> statefulSet(problems, before, after);
            case "Job" -> {
                fixed(problems, before, after, "selector");
                fixed(problems, before, after, "template");
                fixed(problems, before, after, "completions");
            }
            case "PersistentVolumeClaim" -> claim(problems, before, after);
            case "Service" -> service(problems, before, after);
            case "Secret", "ConfigMap" -> data(problems, before, after);
            default -> {
                // All of the other kinds may change.
            }
        }
        return problems;
    }

    private static void fixed(List<Problem> problems, ObjectNode before, ObjectNode after, String field) {
        JsonNode now = at(after, "spec", field);
        if (!at(before, "spec", field).equals(now)) {
            problems.add(new Problem(
                    "spec." + field,
                    "Invalid value: " + (now.isMissingNode() ? "null" : now) + ": field is immutable"));
        }
    }

    private static void statefulSet(List<Problem> problems, ObjectNode before, ObjectNode after) {
        if (!without(before.path("spec"), STATEFUL_SET_MUTABLE)
                .equals(without(after.path("spec"), STATEFUL_SET_MUTABLE))) {
            problems.add(new Problem(
                    "spec",
                    "Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', "
                            + "'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and "
                            + "'minReadySeconds' are forbidden"));
        }
    }

    private static void claim(List<Problem> problems, ObjectNode before, ObjectNode after) {
        List<String> mutable = List.of("resources", "volumeName", "volumeAttributesClassName");
        if (!without(before.path("spec"), mutable).equals(without(after.path("spec"), mutable))) {
            problems.add(new Problem(
                    "spec",
                    "Forbidden: spec is immutable after creation except resources.requests and "
                            + "volumeAttributesClassName for bound claims"));
        }
    }

    private static void service(List<Problem> problems, ObjectNode before, ObjectNode after) {
        JsonNode ip = at(after, "spec", "clusterIP");
        if (!Objects.equals(at(before, "spec", "clusterIP"), ip)
                && at(before, "spec", "type").equals(at(after, "spec", "type"))) {
            problems.add(new Problem("spec.clusterIPs[0]", "Invalid value: [" + ip + "]: may not change once set"));
        }
    }

    private static void data(List<Problem> problems, ObjectNode before, ObjectNode after) {
        boolean frozen = before.path("immutable").asBoolean();
        if (frozen && !before.path("data").equals(after.path("data"))) {
            problems.add(new Problem("data", "Forbidden: field is immutable when `immutable` is set"));
        }
    }

    private static JsonNode without(JsonNode spec, List<String> fields) {
        return spec instanceof ObjectNode object ? object.deepCopy().without(fields) : spec;
    }
}
