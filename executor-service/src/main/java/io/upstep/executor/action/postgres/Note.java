package io.upstep.executor.action.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

/** A small JSON text that may be missing or damaged, in which case it says nothing. */
record Note(JsonNode node) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static Note of(String json) {
        try {
            return new Note(json == null ? MissingNode.getInstance() : MAPPER.readTree(json));
        } catch (JsonProcessingException e) {
            // Somebody's hand: then it counts as if it were not there.
            return new Note(MissingNode.getInstance());
        }
    }

    String text(String key) {
        return node.path(key).asText();
    }

    long number(String key) {
        return node.path(key).asLong();
    }
}
