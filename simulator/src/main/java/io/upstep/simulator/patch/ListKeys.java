package io.upstep.simulator.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Knows by which fields the API server tells the elements of a list apart when it merges lists. */
final class ListKeys {
    private static final Map<String, List<String>> BY_FIELD = Map.ofEntries(
            Map.entry("containers", List.of("name")),
            Map.entry("initContainers", List.of("name")),
            Map.entry("ephemeralContainers", List.of("name")),
            Map.entry("env", List.of("name")),
            Map.entry("volumes", List.of("name")),
            Map.entry("volumeMounts", List.of("mountPath")),
            Map.entry("volumeDevices", List.of("devicePath")),
            Map.entry("imagePullSecrets", List.of("name")),
            Map.entry("secrets", List.of("name")),
            Map.entry("conditions", List.of("type")),
            Map.entry("ownerReferences", List.of("uid")),
            Map.entry("hostAliases", List.of("ip")),
            Map.entry("topologySpreadConstraints", List.of("topologyKey", "whenUnsatisfiable")));
    private static final Set<String> SETS = Set.of("finalizers");

    private ListKeys() {}

    /** The fields that identify an element; empty when the list is one value that is replaced as a whole. */
    static List<String> of(String field, JsonNode list) {
        if (field.equals("ports") && list.path(0).isObject()) {
            String port = list.path(0).has("containerPort") ? "containerPort" : "port";
            return List.of(port, "protocol");
        }
        return list.path(0).isObject() ? BY_FIELD.getOrDefault(field, List.of()) : List.of();
    }

    static boolean isSet(String field) {
        return SETS.contains(field);
    }

    /** What identifies this element, with the API's default for a protocol nobody wrote. */
    static ObjectNode identity(JsonNode element, List<String> keys) {
        ObjectNode identity = JsonNodeFactory.instance.objectNode();
        for (String key : keys) {
            if (element.has(key)) {
                identity.set(key, element.get(key));
            } else if (key.equals("protocol")) {
                identity.put(key, "TCP");
            }
        }
        return identity;
    }

    /** Where in the list the element with this identity is, or -1. */
    static int indexOf(JsonNode list, ObjectNode identity, List<String> keys) {
        for (int i = 0; i < list.size(); i++) {
            if (identity(list.get(i), keys).equals(identity)) {
                return i;
            }
        }
        return -1;
    }
}
