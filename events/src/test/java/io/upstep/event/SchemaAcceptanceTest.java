package io.upstep.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The codec accepts a message exactly when the schemas do, whichever field is missing or holds something else. */
class SchemaAcceptanceTest {
    private static final List<String> OTHER_VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "3",
            "1.5",
            "4000000000",
            "\"\"",
            "\"text\"",
            "{}",
            "{\"x\":null}",
            "[]",
            "[null]",
            "[{}]");

    static Stream<Arguments> events() {
        return Stream.concat(
                Stream.of(EventType.values()).map(type -> event(type, "golden", event -> {})),
                Stream.of(
                        event(EventType.STEP_EXECUTED, "failed", event -> at(event, "/data")
                                .putObject("outcome")
                                .put("kind", "failed")
                                .put("code", "conflict")
                                .put("summary", "another manager owns the field")
                                .put("retryable", true)),
                        event(EventType.STEP_EXECUTED, "cancelled", event -> at(event, "/data")
                                .putObject("outcome")
                                .put("kind", "cancelled")
                                .put("summary", "stopped before the first write")),
                        event(EventType.STEP_COMPLETED, "failed", event -> at(event, "/data/verdict")
                                .put("result", "failed")),
                        event(EventType.UPGRADE_COMPLETED, "not succeeded", event -> {
                            at(event, "/data").put("ending", "FAILED").put("reason", "a step failed");
                            at(event, "/data/verdict").put("result", "unknown");
                        })));
    }

    @ParameterizedTest
    @MethodSource("events")
    void shouldAgreeWithTheSchemaWhenOneFieldIsDifferent(EventType type, ObjectNode event) {
        agree(type, event, Schemas.tree(type.channel()), event.get("data"), "");
    }

    private static void agree(EventType type, ObjectNode event, JsonNode schema, JsonNode node, String path) {
        JsonNode meant = Schemas.meant(schema);
        if (meant.has("oneOf") && node.has("kind")) {
            meant = Schemas.word(capital(node.path("kind").asText()));
        }
        if (node.isArray() && meant.has("items")) {
            agree(type, event, meant.get("items"), node.path(0), path + "[0]");
        } else if (node instanceof ObjectNode object
                && meant.path("additionalProperties").isObject()) {
            for (var entry : List.copyOf(object.properties())) {
                agree(type, event, meant.get("additionalProperties"), entry.getValue(), path + "." + entry.getKey());
            }
        } else if (node instanceof ObjectNode object) {
            for (var property : meant.path("properties").properties()) {
                replaced(type, event, object, property.getKey(), path);
                agree(type, event, property.getValue(), object.path(property.getKey()), path + "." + property.getKey());
            }
        }
    }

    private static void replaced(EventType type, ObjectNode event, ObjectNode object, String field, String path) {
        JsonNode original = object.remove(field);
        sameAnswer(type, event, path + "." + field + " missing");
        for (String value : OTHER_VALUES) {
            object.set(field, json(value));
            sameAnswer(type, event, path + "." + field + " = " + value);
        }
        object.remove(field);
        if (original != null) {
            object.set(field, original);
        }
    }

    private static void sameAnswer(EventType type, ObjectNode event, String change) {
        String refusal = refusal(event);
        List<String> problems = Schemas.problems(type, event);
        assertThat(refusal == null)
                .as("%s; the codec: %s; the schema: %s", change, refusal, problems)
                .isEqualTo(problems.isEmpty());
    }

    private static String refusal(ObjectNode event) {
        try {
            EventCodec.decode(event.toString());
            return null;
        } catch (MalformedEventException e) {
            return e.getMessage();
        }
    }

    private static Arguments event(EventType type, String variant, Consumer<ObjectNode> change) {
        ObjectNode event = Golden.tree(type);
        change.accept(event);
        return Arguments.of(type, Named.of(variant, event));
    }

    private static ObjectNode at(ObjectNode event, String pointer) {
        return (ObjectNode) event.at(pointer);
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
