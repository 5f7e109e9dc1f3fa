package io.upstep.simulator.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads and writes places of a JSON object by path, where a missing place is not an error. */
public final class Fields {
    private Fields() {}

    public static JsonNode at(JsonNode object, String... path) {
        JsonNode node = object;
        for (String step : path) {
            node = node.path(step);
        }
        return node;
    }

    public static String text(JsonNode object, String... path) {
        return at(object, path).asText("");
    }

    public static int number(JsonNode object, int otherwise, String... path) {
        return at(object, path).asInt(otherwise);
    }

    /** The object at this path, created when it is not there. */
    public static ObjectNode child(ObjectNode object, String... path) {
        ObjectNode node = object;
        for (String step : path) {
            node = node.get(step) instanceof ObjectNode there ? there : node.putObject(step);
        }
        return node;
    }

    /** The list of this name, created when it is not there. */
    public static ArrayNode list(ObjectNode object, String name) {
        return object.get(name) instanceof ArrayNode there ? there : object.putArray(name);
    }

    public static void defaultTo(ObjectNode object, String name, String value) {
        if (!object.hasNonNull(name)) {
            object.put(name, value);
        }
    }

    public static void defaultTo(ObjectNode object, String name, int value) {
        if (!object.hasNonNull(name)) {
            object.put(name, value);
        }
    }

    public static Map<String, String> strings(JsonNode object) {
        Map<String, String> found = new LinkedHashMap<>();
        object.properties().forEach(e -> found.put(e.getKey(), e.getValue().asText()));
        return found;
    }

    /** The elements of a list that are objects. */
    public static List<ObjectNode> objects(JsonNode list) {
        List<ObjectNode> found = new ArrayList<>();
        list.forEach(e -> {
            if (e instanceof ObjectNode object) {
                found.add(object);
            }
        });
        return found;
    }
}
