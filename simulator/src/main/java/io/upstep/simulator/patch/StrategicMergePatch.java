package io.upstep.simulator.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Kubernetes' strategic merge patch: lists of named things merge by their key, and directives delete or replace. */
public final class StrategicMergePatch {
    private static final String DIRECTIVE = "$patch";
    private static final String RETAIN_KEYS = "$retainKeys";
    private static final String DELETE_FROM_LIST = "$deleteFromPrimitiveList/";

    private StrategicMergePatch() {}

    public static ObjectNode apply(ObjectNode target, JsonNode patch) {
        if (patch.path(DIRECTIVE).asText().equals("replace")) {
            target.removeAll();
        } else if (patch.path(DIRECTIVE).asText().equals("delete")) {
            return target.removeAll();
        }
        if (patch.has(RETAIN_KEYS)) {
            Set<String> retained = new HashSet<>();
            patch.get(RETAIN_KEYS).forEach(k -> retained.add(k.asText()));
            target.retain(retained);
        }
        patch.properties().forEach(e -> field(target, e.getKey(), e.getValue()));
        return target;
    }

    private static void field(ObjectNode target, String name, JsonNode value) {
        if (name.startsWith(DELETE_FROM_LIST)) {
            removeAll(target.path(name.substring(DELETE_FROM_LIST.length())), value);
        } else if (name.startsWith("$")) {
            // The other directives are handled above, or order lists, which changes nothing that runs.
            return;
        } else if (value.isNull()) {
            target.remove(name);
        } else if (value.isObject()) {
            object(target, name, value);
        } else if (value.isArray()) {
            target.set(name, list(name, target.path(name), (ArrayNode) value));
        } else {
            target.set(name, value);
        }
    }

    private static void object(ObjectNode target, String name, JsonNode value) {
        ObjectNode there = target.get(name) instanceof ObjectNode object ? object : target.putObject(name);
        apply(there, value);
        if (value.path(DIRECTIVE).asText().equals("delete")) {
            target.remove(name);
        }
    }

    private static ArrayNode list(String name, JsonNode current, ArrayNode patch) {
        List<String> keys = ListKeys.of(name, patch);
        ArrayNode merged = patch.arrayNode();
        if (ListKeys.isSet(name)) {
            current.forEach(merged::add);
            patch.forEach(v -> addOnce(merged, v));
        } else if (keys.isEmpty()) {
            patch.forEach(merged::add);
        } else {
            current.forEach(e -> merged.add(e.deepCopy()));
            patch.forEach(e -> element(merged, e, keys));
        }
        return merged;
    }

    private static void element(ArrayNode merged, JsonNode patch, List<String> keys) {
        String directive = patch.path(DIRECTIVE).asText();
        if (directive.equals("replace") && patch.size() == 1) {
            merged.removeAll();
            return;
        }
        ObjectNode identity = ListKeys.identity(patch, keys);
        int index = ListKeys.indexOf(merged, identity, keys);
        if (directive.equals("delete")) {
            if (index >= 0) {
                merged.remove(index);
            }
        } else if (index >= 0) {
            apply((ObjectNode) merged.get(index), patch);
        } else {
            merged.add(apply(merged.objectNode(), patch));
        }
    }

    private static void addOnce(ArrayNode set, JsonNode value) {
        for (JsonNode there : set) {
            if (there.equals(value)) {
                return;
            }
        }
        set.add(value);
    }

    private static void removeAll(JsonNode list, JsonNode gone) {
        Set<JsonNode> values = new HashSet<>();
        gone.forEach(values::add);
        if (list instanceof ArrayNode array) {
            for (int i = array.size() - 1; i >= 0; i--) {
                if (values.contains(array.get(i))) {
                    array.remove(i);
                }
            }
        }
    }
}
