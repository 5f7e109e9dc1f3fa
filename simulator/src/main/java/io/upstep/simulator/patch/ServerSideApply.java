package io.upstep.simulator.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Merges what a field manager applies into the live object, and takes away what it applied before and no longer does. */
public final class ServerSideApply {
    private ServerSideApply() {}

    public static ObjectNode apply(ObjectNode live, JsonNode applied, ManagedFields managers, String manager) {
        merge(live, applied);
        ObjectNode dropped = FieldSet.minus(managers.appliedBy(manager), FieldSet.of(applied));
        remove(live, FieldSet.minus(dropped, managers.ofAllBut(manager)));
        return live;
    }

    private static void merge(ObjectNode live, JsonNode applied) {
        applied.properties().forEach(e -> {
            String name = e.getKey();
            JsonNode value = e.getValue();
            if (value.isNull()) {
                return;
            }
            if (value.isObject()) {
                merge(live.get(name) instanceof ObjectNode there ? there : live.putObject(name), value);
            } else if (value instanceof ArrayNode array) {
                live.set(name, list(name, live.path(name), array));
            } else {
                live.set(name, value);
            }
        });
    }

    private static ArrayNode list(String name, JsonNode live, ArrayNode applied) {
        List<String> keys = ListKeys.of(name, applied);
        ArrayNode merged = applied.arrayNode();
        if (ListKeys.isSet(name)) {
            live.forEach(merged::add);
            applied.forEach(v -> {
                if (!holds(merged, v)) {
                    merged.add(v);
                }
            });
        } else if (keys.isEmpty()) {
            applied.forEach(merged::add);
        } else {
            live.forEach(e -> merged.add(e.deepCopy()));
            applied.forEach(e -> {
                int index = ListKeys.indexOf(merged, ListKeys.identity(e, keys), keys);
                ObjectNode element = index < 0 ? merged.addObject() : (ObjectNode) merged.get(index);
                merge(element, e);
            });
        }
        return merged;
    }

    private static boolean holds(ArrayNode list, JsonNode value) {
        for (JsonNode element : list) {
            if (element.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static void remove(ObjectNode live, JsonNode fields) {
        fields.properties().forEach(e -> {
            if (!e.getKey().startsWith("f:")) {
                return;
            }
            String name = e.getKey().substring(2);
            JsonNode value = live.path(name);
            if (e.getValue().isEmpty()) {
                live.remove(name);
            } else if (value instanceof ObjectNode object) {
                remove(object, e.getValue());
                dropWhenEmpty(live, name);
            } else if (value instanceof ArrayNode array) {
                e.getValue().properties().forEach(k -> removeElement(name, array, k.getKey(), k.getValue()));
                dropWhenEmpty(live, name);
            }
        });
    }

    private static void removeElement(String name, ArrayNode list, String key, JsonNode fields) {
        List<String> keys = ListKeys.of(name, list);
        for (int i = list.size() - 1; i >= 0; i--) {
            JsonNode element = list.get(i);
            String identity = key.startsWith("v:") ? "v:" + element : "k:" + ListKeys.identity(element, keys);
            if (!identity.equals(key)) {
                continue;
            }
            if (key.startsWith("v:") || fields.has(".")) {
                list.remove(i);
            } else {
                remove((ObjectNode) element, fields);
            }
        }
    }

    private static void dropWhenEmpty(ObjectNode live, String name) {
        if (live.path(name).isEmpty()) {
            live.remove(name);
        }
    }
}
