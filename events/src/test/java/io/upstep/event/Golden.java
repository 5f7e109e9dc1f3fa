package io.upstep.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** One event of each type as it travels, from the golden files: what any version of Upstep must be able to read. */
final class Golden {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Golden() {}

    static String text(EventType type) {
        String name = "/golden/" + type.channel() + ".v1.json";
        try (InputStream in = Golden.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ObjectNode tree(EventType type) {
        return tree(text(type));
    }

    static ObjectNode tree(String json) {
        try {
            return (ObjectNode) MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static EventData data(EventType type) {
        try {
            return EventCodec.decode(text(type)).data();
        } catch (MalformedEventException e) {
            throw new AssertionError(e);
        }
    }
}
