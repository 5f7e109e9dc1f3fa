package io.upstep.planner.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * A JSON value whose strings may hold <code>${...}</code> expressions. A string that is one expression keeps its type, and a
 * key whose expression yields {@code omit} is left out.
 */
sealed interface Template {

    JsonNode fill(Scope scope) throws CannotEvaluate;

    /**
     * Compiles a value; what is wrong in it goes to {@code problems} with its JSON pointer.
     *
     * @param path where the value stands
     */
    static Template of(JsonNode value, ExpressionCompiler compiler, String path, BiConsumer<String, Fault> problems) {
        if (value.isObject()) {
            Map<String, Template> fields = new LinkedHashMap<>();
            value.properties()
                    .forEach(field -> fields.put(
                            field.getKey(),
                            of(field.getValue(), compiler, path + "/" + Pointers.escaped(field.getKey()), problems)));
            return new Fields(fields);
        }
        if (value.isArray()) {
            List<Template> items = new java.util.ArrayList<>();
            for (int i = 0; i < value.size(); i++) {
                items.add(of(value.get(i), compiler, path + "/" + i, problems));
            }
            return new Items(items);
        }
        if (value.isTextual()) {
            return text(value.textValue(), compiler, path, problems);
        }
        return new Literal(value);
    }

    static Template of(ObjectNode value, ExpressionCompiler compiler, String path, BiConsumer<String, Fault> problems) {
        return of(value == null ? JsonNodeFactory.instance.objectNode() : (JsonNode) value, compiler, path, problems);
    }

    private static Template text(
            String text, ExpressionCompiler compiler, String path, BiConsumer<String, Fault> problems) {
        try {
            return TextTemplate.of(text, compiler);
        } catch (FaultException e) {
            problems.accept(path, e.fault());
            return new Literal(JsonNodeFactory.instance.textNode(text));
        }
    }

    /** Stays as it is. */
    record Literal(JsonNode value) implements Template {
        @Override
        public JsonNode fill(Scope scope) {
            return value;
        }
    }

    /** An object, filled field by field. */
    record Fields(Map<String, Template> fields) implements Template {
        @Override
        public ObjectNode fill(Scope scope) throws CannotEvaluate {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, Template> field : fields.entrySet()) {
                JsonNode value = field.getValue().fill(scope);
                if (!isOmitted(field.getValue(), value)) {
                    object.set(field.getKey(), value);
                }
            }
            return object;
        }
    }

    /** A list, filled item by item. */
    record Items(List<Template> items) implements Template {
        @Override
        public JsonNode fill(Scope scope) throws CannotEvaluate {
            var array = JsonNodeFactory.instance.arrayNode();
            for (Template item : items) {
                JsonNode value = item.fill(scope);
                if (!isOmitted(item, value)) {
                    array.add(value);
                }
            }
            return array;
        }
    }

    /** A string that is, or holds, expressions. */
    record Text(TextTemplate text) implements Template {
        @Override
        public JsonNode fill(Scope scope) throws CannotEvaluate {
            return text.fill(scope);
        }
    }

    /** A literal null is meant (a merge patch removes by it); one that an expression yields means "leave it out". */
    private static boolean isOmitted(Template template, JsonNode value) {
        return value.isNull() && template instanceof Text;
    }
}
