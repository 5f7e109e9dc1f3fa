package io.upstep.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Renders the schemas as the page people read. */
final class EventsReference {
    private static final String HEAD = """
            # Events

            <!-- Generated from the schemas in events/. Change those, then run: mvn -pl events test -Dupdate.docs=true -->

            What Upstep's services say to each other and to you. Every message is a [CloudEvents 1.0](https://cloudevents.io)
            event in structured JSON; one channel carries one type. Ignore fields you do not know: later versions add some. A
            field that is not needed may be missing or `null`, which is the same. [asyncapi.yaml](asyncapi.yaml) says where the
            channels are on each broker; the JSON Schemas are in the `upstep-events` jar under `io/upstep/event/schema`.

            """;

    private EventsReference() {}

    static String render() {
        return HEAD + contents() + envelope() + events() + words();
    }

    private static String contents() {
        return "| event | for | routed by cluster |\n|---|---|---|\n"
                + Arrays.stream(EventType.values())
                        .map(type -> "| [%s](#%s) | %s | %s |\n"
                                .formatted(
                                        type.channel(),
                                        anchor(type.channel()),
                                        type.receiver().group(),
                                        type.routedByCluster() ? "yes" : ""))
                        .collect(Collectors.joining())
                + "\n";
    }

    private static String envelope() {
        JsonNode schema = Schemas.tree(Schemas.ENVELOPE);
        return "## The envelope\n\n" + text(schema) + table(schema);
    }

    private static String events() {
        return Arrays.stream(EventType.values()).map(EventsReference::event).collect(Collectors.joining());
    }

    private static String event(EventType type) {
        JsonNode schema = Schemas.tree(type.channel());
        return "## " + type.channel() + "\n\n`" + type.typeName() + "`\n\n" + text(schema) + table(schema);
    }

    private static String words() {
        return "## The words\n\n"
                + Schemas.tree(Schemas.VOCABULARY).path("$defs").properties().stream()
                        .map(word ->
                                "### " + word.getKey() + "\n\n" + text(word.getValue()) + variants(word.getValue()))
                        .collect(Collectors.joining())
                        .stripTrailing()
                + "\n";
    }

    private static String variants(JsonNode word) {
        if (word.path("oneOf").path(0).has("$ref")) {
            return "One of "
                    + word.path("oneOf")
                            .valueStream()
                            .map(EventsReference::link)
                            .collect(Collectors.joining(", "))
                    + ", told apart by `kind`.\n\n";
        }
        return word.has("properties") ? table(word) : example(word).strip() + "\n\n";
    }

    private static String text(JsonNode schema) {
        return schema.path("description").asText() + "\n\n";
    }

    private static String table(JsonNode schema) {
        return "| field | type | needed | meaning |\n|---|---|---|---|\n"
                + schema.path("properties").properties().stream()
                        .map(field -> row(schema, field.getKey(), field.getValue()))
                        .collect(Collectors.joining())
                + "\n";
    }

    private static String row(JsonNode schema, String name, JsonNode field) {
        boolean needed = schema.path("required").valueStream().anyMatch(required -> required.asText()
                .equals(name));
        return "| `%s` | %s | %s | %s%s |\n"
                .formatted(
                        name,
                        type(field),
                        needed ? "yes" : "",
                        field.path("description").asText(),
                        example(field));
    }

    private static String example(JsonNode field) {
        JsonNode examples = field.path("examples");
        return examples.isEmpty()
                ? ""
                : " Such as "
                        + examples.valueStream()
                                .map(value -> "`" + value.asText() + "`")
                                .collect(Collectors.joining(", "))
                        + ".";
    }

    private static String type(JsonNode field) {
        if (field.has("anyOf")) {
            return type(field.at("/anyOf/0"));
        } else if (field.has("$ref")) {
            return link(field);
        } else if (field.path("enum").size() == EventType.values().length) {
            return "the name of an event";
        } else if (field.has("enum") || field.has("const")) {
            return values(field);
        } else if (field.has("items")) {
            return "list of " + type(field.path("items"));
        } else if (field.has("additionalProperties")) {
            return "map of " + type(field.path("additionalProperties"));
        }
        return plain(
                field.path("type").isArray()
                        ? field.at("/type/0").asText()
                        : field.path("type").asText());
    }

    private static String values(JsonNode field) {
        return field.has("const")
                ? "`" + field.path("const").asText() + "`"
                : field.path("enum")
                        .valueStream()
                        .filter(JsonNode::isTextual)
                        .map(value -> "`" + value.asText() + "`")
                        .collect(Collectors.joining(", "));
    }

    private static String plain(String type) {
        return switch (type) {
            case "string" -> "text";
            case "integer" -> "whole number";
            case "boolean" -> "true or false";
            case "" -> "any";
            default -> type;
        };
    }

    private static String link(JsonNode reference) {
        String word = Schemas.wordNamed(reference);
        return "[%s](#%s)".formatted(word, anchor(word));
    }

    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT).replace(".", "");
    }
}
