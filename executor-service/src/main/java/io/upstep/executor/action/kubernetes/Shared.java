package io.upstep.executor.action.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tells which objects without a namespace an installation may take with it: none that another one's accounts need. */
final class Shared {
    private final List<String> names;
    private final String namespace;
    private final FencedObjects objects;
    private final Map<String, String> kept = new TreeMap<>();

    Shared(List<String> names, String namespace, FencedObjects objects) {
        this.names = names;
        this.namespace = namespace;
        this.objects = objects;
    }

    boolean isOurs(ObjectNode object) {
        String reason = reason(object);
        if (reason != null) {
            kept.put(Manifest.title(object), reason);
        }
        return reason == null;
    }

    /** What was left alone, and why. */
    Map<String, String> kept() {
        return kept;
    }

    private String reason(ObjectNode object) {
        if (!names.contains(Manifest.name(object))) {
            return "it is not named in clusterScoped.names";
        }
        return isNeededByOthers(object) ? "accounts of other namespaces have it, too" : null;
    }

    boolean isNeededByOthers(JsonNode object) {
        return switch (Manifest.kind(object)) {
            case "ClusterRoleBinding" -> bindsOthers(object);
            case "ClusterRole" -> isBoundToOthers(Manifest.name(object));
            default -> false;
        };
    }

    private boolean isBoundToOthers(String role) {
        return objects.list(objects.kind("ClusterRoleBinding", null), null).stream()
                .filter(binding -> binding.at("/roleRef/name").asText().equals(role))
                .anyMatch(this::bindsOthers);
    }

    private boolean bindsOthers(JsonNode binding) {
        for (JsonNode subject : binding.path("subjects")) {
            if (!subject.path("namespace").asText(namespace).equals(namespace)) {
                return true;
            }
        }
        return false;
    }
}
