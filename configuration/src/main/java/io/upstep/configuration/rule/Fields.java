package io.upstep.configuration.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Reads the fields of a rule, and says what is wrong with one. */
final class Fields {
    private final ObjectNode node;

    private Fields(ObjectNode node) {
        this.node = node;
    }

    static Fields of(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return new Fields(object);
        }
        throw new IllegalArgumentException("expected a map, came " + node.getNodeType());
    }

    Fields only(Set<String> known) {
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("expected one of " + known + ", came '" + name + "'");
            }
        });
        return this;
    }

    boolean has(String field) {
        return node.has(field);
    }

    String optional(String field) {
        JsonNode value = node.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw new IllegalArgumentException("expected '" + field + "' to be a text, came " + value.getNodeType());
        }
        return value.textValue();
    }

    String text(String field) {
        String value = optional(field);
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException("expected '" + field + "', came nothing");
        }
        return value;
    }

    boolean flag(String field) {
        return node.path(field).asBoolean(false);
    }

    Pattern pattern(String field) {
        return Pattern.of(text(field));
    }

    JsonNode value(String field) {
        if (!node.has(field)) {
            throw new IllegalArgumentException("expected '" + field + "', came nothing");
        }
        return node.get(field);
    }

    <T> List<T> list(String field, Function<JsonNode, T> read) {
        List<T> items = new ArrayList<>();
        for (JsonNode item : value(field)) {
            try {
                items.add(read.apply(item));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(field + "[" + items.size() + "]: " + e.getMessage(), e);
            }
        }
        return List.copyOf(items);
    }

    /** For each entry of a map. */
    <T> List<T> entries(String field, java.util.function.BiFunction<String, JsonNode, T> read) {
        return value(field).properties().stream()
                .map(entry -> read.apply(entry.getKey(), entry.getValue()))
                .toList();
    }

    List<String> names() {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
