package io.upstep.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The published JSON Schemas: validates by them, and opens them. */
final class Schemas {
    static final String FOLDER = "io/upstep/event/schema/";
    static final String VOCABULARY = "vocabulary";
    static final String ENVELOPE = "envelope";

    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

    private Schemas() {}

    static String file(String name) {
        return name + ".v1.schema.json";
    }

    /** What is wrong with a whole event, envelope and data; empty if nothing is. */
    static List<String> problems(EventType type, JsonNode event) {
        return Stream.concat(problems(ENVELOPE, event).stream(), problems(type.channel(), event.path("data")).stream())
                .toList();
    }

    static List<String> problems(String schema, JsonNode instance) {
        return schema(schema).validate(instance.toString(), InputFormat.JSON).stream()
                .map(Error::toString)
                .toList();
    }

    static ObjectNode tree(String name) {
        String file = "/" + FOLDER + file(name);
        try (InputStream in = Schemas.class.getResourceAsStream(file)) {
            return Golden.tree(new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A word of the vocabulary. */
    static JsonNode word(String name) {
        return tree(VOCABULARY).path("$defs").path(name);
    }

    /** The schema itself, or the word it refers to. */
    static JsonNode meant(JsonNode schema) {
        JsonNode reference = schema.has("anyOf") ? schema.path("anyOf").path(0) : schema;
        return reference.has("$ref") ? word(wordNamed(reference)) : reference;
    }

    static String wordNamed(JsonNode reference) {
        return reference.path("$ref").asText().replaceFirst(".*/", "");
    }

    private static Schema schema(String name) {
        return REGISTRY.getSchema(SchemaLocation.of("classpath:" + FOLDER + file(name)));
    }
}
