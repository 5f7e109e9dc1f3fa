package io.upstep.simulator.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Sets of fields of an object in the form {@code managedFields} keeps them ({@code FieldsV1}): f:name, k:{key}, v:value. */
final class FieldSet {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private FieldSet() {}

    /** All fields this object names. */
    static ObjectNode of(JsonNode object) {
        ObjectNode set = JSON.objectNode();
        object.properties().forEach(e -> set.set("f:" + e.getKey(), ofValue(e.getKey(), e.getValue())));
        return set;
    }

    /** The fields whose value is another, or new, compared with before. */
    static ObjectNode changed(JsonNode before, JsonNode after) {
        ObjectNode set = JSON.objectNode();
        after.properties().forEach(e -> {
            JsonNode old = before.path(e.getKey());
            ObjectNode below = e.getValue().equals(old) ? null : changedValue(e.getKey(), old, e.getValue());
            // What merely has more in it than this names has not changed.
            if (below != null && (!below.isEmpty() || !merges(e.getKey(), old, e.getValue()))) {
                set.set("f:" + e.getKey(), below);
            }
        });
        return set;
    }

    /** What of the first is not in the second. */
    static ObjectNode minus(JsonNode set, JsonNode other) {
        ObjectNode rest = JSON.objectNode();
        set.properties().forEach(e -> {
            if (!other.has(e.getKey())) {
                rest.set(e.getKey(), e.getValue());
            } else if (!e.getValue().isEmpty()) {
                ObjectNode below = minus(e.getValue(), other.get(e.getKey()));
                if (!below.isEmpty()) {
                    rest.set(e.getKey(), below);
                }
            }
        });
        return rest;
    }

    static ObjectNode union(JsonNode one, JsonNode other) {
        ObjectNode all = one.deepCopy();
        other.properties()
                .forEach(e -> all.set(
                        e.getKey(), all.has(e.getKey()) ? union(all.get(e.getKey()), e.getValue()) : e.getValue()));
        return all;
    }

    /** The fields that are in both, each as a path such as {@code .spec.replicas}. */
    static List<String> common(JsonNode one, JsonNode other, String path) {
        List<String> paths = new ArrayList<>();
        one.properties().forEach(e -> {
            JsonNode there = other.get(e.getKey());
            if (there == null || e.getKey().equals(".")) {
                return;
            }
            String here = path + shown(e.getKey());
            if (e.getValue().isEmpty() || there.isEmpty()) {
                paths.add(here);
            } else {
                paths.addAll(common(e.getValue(), there, here));
            }
        });
        return paths;
    }

    private static boolean merges(String name, JsonNode old, JsonNode value) {
        boolean keyed = old.isArray() && !ListKeys.of(name, value).isEmpty();
        return value.isObject() && old.isObject() || keyed;
    }

    private static String shown(String key) {
        return key.startsWith("f:")
                ? "." + key.substring(2)
                : "[" + key.substring(2).replaceAll("[{}]", "") + "]";
    }

    private static ObjectNode ofValue(String name, JsonNode value) {
        if (value.isObject() && !value.isEmpty()) {
            return of(value);
        }
        ObjectNode set = JSON.objectNode();
        List<String> keys = ListKeys.of(name, value);
        if (!keys.isEmpty()) {
            value.forEach(e -> {
                ObjectNode element = of(e);
                element.putObject(".");
                set.set("k:" + ListKeys.identity(e, keys), element);
            });
        } else if (ListKeys.isSet(name)) {
            value.forEach(e -> set.putObject("v:" + e));
        }
        return set;
    }

    private static ObjectNode changedValue(String name, JsonNode old, JsonNode value) {
        if (value.isObject() && old.isObject()) {
            return changed(old, value);
        }
        List<String> keys = ListKeys.of(name, value);
        if (keys.isEmpty() || !old.isArray()) {
            return ofValue(name, value);
        }
        ObjectNode set = JSON.objectNode();
        value.forEach(e -> {
            ObjectNode identity = ListKeys.identity(e, keys);
            int index = ListKeys.indexOf(old, identity, keys);
            ObjectNode element = index < 0 ? of(e) : changed(old.get(index), e);
            if (!element.isEmpty()) {
                set.set("k:" + identity, element);
            }
        });
        return set;
    }
}
