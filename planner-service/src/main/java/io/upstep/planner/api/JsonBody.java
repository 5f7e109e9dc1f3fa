package io.upstep.planner.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.planner.api.Problem.Invalid;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads a JSON object field by field and collects everything that is wrong with it, so that a person learns of all of it at
 * once. A field nobody reads is an error too: nothing is half accepted.
 */
final class JsonBody {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION)
            .build();
    private static final int SHOWN = 60;

    private final ObjectNode node;
    private final JsonPointer at;
    private final List<Invalid> errors;

    private JsonBody(ObjectNode node, JsonPointer at, List<Invalid> errors) {
        this.node = node;
        this.at = at;
        this.errors = errors;
    }

    /** @throws ProblemException {@code MALFORMED_JSON} or {@code INVALID_REQUEST} if it is not one JSON object */
    static JsonBody parse(byte[] body) {
        JsonNode tree = tree(body);
        if (!(tree instanceof ObjectNode object)) {
            throw new ProblemException(
                    ProblemCode.INVALID_REQUEST, "a JSON object", shown(tree), "Send an object: {...}.");
        }
        return new JsonBody(object, JsonPointer.empty(), new ArrayList<>());
    }

    static JsonBody parseOrEmpty(byte[] body) {
        return body == null || body.length == 0 ? parse(new byte[] {'{', '}'}) : parse(body);
    }

    private static JsonNode tree(byte[] body) {
        try {
            JsonNode tree = body == null || body.length == 0 ? null : MAPPER.readTree(body);
            if (tree == null || tree.isMissingNode()) {
                throw new ProblemException(
                        ProblemCode.MALFORMED_JSON, "a JSON object", "an empty body", "Send the object as the body.");
            }
            return tree;
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw new ProblemException(
                    ProblemCode.MALFORMED_JSON, "a JSON object", e.getOriginalMessage() + where, "Correct it there.");
        } catch (IOException e) {
            throw new ProblemException(ProblemCode.MALFORMED_JSON, "UTF-8 text", e.getMessage(), "Send UTF-8.");
        }
    }

    /** Reports fields that are not among the known ones. */
    JsonBody only(String... known) {
        Set<String> all = Set.of(known);
        node.fieldNames().forEachRemaining(name -> {
            if (!all.contains(name)) {
                String list = Set.of(known).stream().sorted().collect(Collectors.joining(", "));
                wrong(name, "one of the fields " + list, "the field '" + shortened(name) + "'", "Remove or rename it.");
            }
        });
        return this;
    }

    /** A text of 1 to {@code max} characters. */
    String text(String field, int max) {
        JsonNode value = node.get(field);
        if (value == null || value.isNull()) {
            wrong(field, "a text", "nothing", "Add '" + field + "'.");
            return "";
        }
        return textOf(field, value, max);
    }

    String optionalText(String field, int max) {
        JsonNode value = node.get(field);
        return value == null || value.isNull() ? null : textOf(field, value, max);
    }

    private String textOf(String field, JsonNode value, int max) {
        if (!value.isTextual()
                || value.textValue().isBlank()
                || value.textValue().length() > max) {
            wrong(field, "a text of 1 to " + max + " characters", shown(value), "Correct '" + field + "'.");
            return "";
        }
        return value.textValue();
    }

    /** A text that is a Kubernetes name (RFC 1123 label). */
    String kubernetesName(String field) {
        String value = text(field, 63);
        if (!value.isEmpty() && !value.matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?")) {
            wrong(
                    field,
                    "lower-case letters, digits and dashes, not starting or ending with a dash",
                    "'" + shortened(value) + "'",
                    "Correct '" + field + "'.");
        }
        return value;
    }

    <E extends Enum<E>> E oneOf(String field, Class<E> type, E otherwise) {
        JsonNode value = node.get(field);
        if (value == null || value.isNull()) {
            return otherwise;
        }
        for (E constant : type.getEnumConstants()) {
            if (value.isTextual() && constant.name().equalsIgnoreCase(value.textValue())) {
                return constant;
            }
        }
        String all = java.util.Arrays.stream(type.getEnumConstants())
                .map(constant -> "\"" + constant.name().toLowerCase(java.util.Locale.ROOT) + "\"")
                .collect(Collectors.joining(" or "));
        wrong(field, all, shown(value), "Correct '" + field + "', or leave it out.");
        return otherwise;
    }

    /** A required object; an empty one after reporting if it is missing. */
    JsonBody object(String field) {
        JsonNode value = node.get(field);
        if (!(value instanceof ObjectNode)) {
            wrong(field, "an object", value == null ? "nothing" : shown(value), "Give '" + field + "' as {...}.");
        }
        ObjectNode object = value instanceof ObjectNode given ? given : MAPPER.createObjectNode();
        // The parts of what is missing are not reported once more.
        return new JsonBody(object, child(field), value instanceof ObjectNode ? errors : new ArrayList<>());
    }

    /** Up to {@code count} objects. */
    List<JsonBody> optionalObjects(String field, int count) {
        JsonNode value = node.get(field);
        if (value == null || value.isNull()) {
            return List.of();
        }
        List<JsonBody> objects = new ArrayList<>();
        boolean fine = value.isArray() && value.size() <= count;
        for (int i = 0; fine && i < value.size(); i++) {
            fine = value.get(i) instanceof ObjectNode;
            if (fine) {
                objects.add(new JsonBody((ObjectNode) value.get(i), child(field).appendIndex(i), errors));
            }
        }
        if (!fine) {
            wrong(
                    field,
                    "a list of at most " + count + " objects",
                    shown(value),
                    "Correct '" + field + "', or leave it out.");
            return List.of();
        }
        return objects;
    }

    ObjectNode optionalObject(String field) {
        JsonNode value = node.get(field);
        if (value == null || value.isNull()) {
            return MAPPER.createObjectNode();
        }
        if (!(value instanceof ObjectNode object)) {
            wrong(field, "an object", shown(value), "Give '" + field + "' as {...}, or leave it out.");
            return MAPPER.createObjectNode();
        }
        return object;
    }

    boolean flag(String field) {
        JsonNode value = node.get(field);
        if (value != null && !value.isNull() && !value.isBoolean()) {
            wrong(field, "true or false", shown(value), "Correct '" + field + "', or leave it out.");
        }
        return value != null && value.asBoolean(false);
    }

    /** Up to {@code count} texts of at most {@code max} characters. */
    List<String> optionalTexts(String field, int count, int max) {
        JsonNode value = node.get(field);
        if (value == null || value.isNull()) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        value.forEach(item -> texts.add(item.isTextual() ? item.textValue() : null));
        boolean fine = value.isArray()
                && texts.size() <= count
                && texts.stream().allMatch(text -> text != null && !text.isBlank() && text.length() <= max);
        if (!fine) {
            wrong(
                    field,
                    "a list of at most " + count + " texts",
                    shown(value),
                    "Correct '" + field + "', or leave it out.");
            return List.of();
        }
        return texts;
    }

    void wrong(String field, String expected, String actual, String remedy) {
        errors.add(new Invalid(child(field).toString(), expected, actual, remedy));
    }

    /** @throws ProblemException {@code INVALID_REQUEST} with everything that was wrong, if anything was */
    void finish() {
        if (errors.isEmpty()) {
            return;
        }
        Invalid first = errors.get(0);
        throw new ProblemException(Problem.of(
                        ProblemCode.INVALID_REQUEST,
                        first.expected() + " at " + (first.pointer().isEmpty() ? "/" : first.pointer()),
                        first.actual(),
                        first.remedy())
                .withErrors(List.copyOf(errors)));
    }

    private JsonPointer child(String field) {
        return at.appendProperty(field);
    }

    private static String shown(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "an array";
            case NULL -> "null";
            case STRING ->
                value.textValue().isBlank()
                        ? "an empty text"
                        : value.textValue().length() > SHOWN
                                ? "a text of " + value.textValue().length() + " characters"
                                : "'" + value.textValue() + "'";
            default ->
                "the " + value.getNodeType().name().toLowerCase(java.util.Locale.ROOT) + " "
                        + shortened(value.asText());
        };
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
