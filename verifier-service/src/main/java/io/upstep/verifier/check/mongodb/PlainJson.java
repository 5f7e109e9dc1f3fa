package io.upstep.verifier.check.mongodb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.verifier.cluster.NoAnswerException;
import org.bson.Document;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;

/** Makes JSON of documents, as many as can be kept: ids, times and large numbers as themselves, without their types. */
final class PlainJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonWriterSettings RELAXED =
            JsonWriterSettings.builder().outputMode(JsonMode.RELAXED).build();
    private static final long LIMIT = 16L * 1024 * 1024;

    private long characters;

    /** @throws NoAnswerException if all the documents so far are too much */
    JsonNode of(Document document) {
        String text = document.toJson(RELAXED);
        characters += text.length();
        if (characters > LIMIT) {
            throw new NoAnswerException("the query brings more than " + LIMIT + " characters; ask for less");
        }
        try {
            return plain(JSON.readTree(text));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("expected the driver to write JSON", e);
        }
    }

    private static JsonNode plain(JsonNode node) {
        if (node instanceof ArrayNode list) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            list.forEach(element -> copy.add(plain(element)));
            return copy;
        }
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        if (object.size() == 1 && object.fieldNames().next().startsWith("$")) {
            return object.elements().next();
        }
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        object.fields().forEachRemaining(entry -> copy.set(entry.getKey(), plain(entry.getValue())));
        return copy;
    }
}
