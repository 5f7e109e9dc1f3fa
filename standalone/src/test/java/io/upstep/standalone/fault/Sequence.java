package io.upstep.standalone.fault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/** Reads JSON texts, each of which must be sound. */
final class Sequence {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Sequence() {}

    static List<JsonNode> of(List<String> texts) {
        List<JsonNode> read = new ArrayList<>();
        for (String text : texts) {
            read.add(of(text));
        }
        return read;
    }

    static JsonNode of(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("expected JSON, came " + text, e);
        }
    }
}
