package io.upstep.planner.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cel.common.values.NullValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** JSON to CEL's values and back. */
final class CelValues {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private CelValues() {}

    static Object fromJson(JsonNode node) {
        return switch (node.getNodeType()) {
            case BOOLEAN -> node.booleanValue();
            case STRING -> node.textValue();
            case NUMBER -> node.isIntegralNumber() ? (Object) node.longValue() : (Object) node.doubleValue();
            case ARRAY -> list(node);
            case OBJECT -> map(node);
            default -> NullValue.NULL_VALUE;
        };
    }

    /** Empty for a kind of value that JSON does not have; a null means "leave it out". */
    static Optional<JsonNode> toJson(Object value) {
        if (value instanceof Boolean bool) {
            return Optional.of(JSON.booleanNode(bool));
        }
        if (value instanceof String text) {
            return Optional.of(JSON.textNode(text));
        }
        if (value instanceof Long number) {
            return Optional.of(integer(number));
        }
        if (value instanceof Double number) {
            return Optional.of(JSON.numberNode(number));
        }
        if (value instanceof List<?> list) {
            return array(list);
        }
        if (value instanceof Map<?, ?> map) {
            return object(map);
        }
        return value instanceof NullValue ? Optional.of(JSON.nullNode()) : Optional.empty();
    }

    /** As Jackson reads it back: a plan that was stored must equal one that was not. */
    private static JsonNode integer(long number) {
        return number == (int) number ? JSON.numberNode((int) number) : JSON.numberNode(number);
    }

    private static List<Object> list(JsonNode node) {
        List<Object> list = new ArrayList<>();
        node.forEach(item -> list.add(fromJson(item)));
        return list;
    }

    private static Map<String, Object> map(JsonNode node) {
        Map<String, Object> map = new LinkedHashMap<>();
        node.properties().forEach(entry -> map.put(entry.getKey(), fromJson(entry.getValue())));
        return map;
    }

    private static Optional<JsonNode> array(List<?> list) {
        ArrayNode array = JSON.arrayNode();
        for (Object item : list) {
            Optional<JsonNode> json = toJson(item);
            if (json.isEmpty()) {
                return Optional.empty();
            }
            array.add(json.get());
        }
        return Optional.of(array);
    }

    private static Optional<JsonNode> object(Map<?, ?> map) {
        ObjectNode object = JSON.objectNode();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Optional<JsonNode> json = toJson(entry.getValue());
            if (json.isEmpty()) {
                return Optional.empty();
            }
            object.set(String.valueOf(entry.getKey()), json.get());
        }
        return Optional.of(object);
    }
}
