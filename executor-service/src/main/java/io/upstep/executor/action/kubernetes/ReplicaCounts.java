package io.upstep.executor.action.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.executor.action.ActionException;
import java.util.List;
import java.util.Optional;

/** How many replicas there were before the first attempt changed any: an object from title to count. */
final class ReplicaCounts {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ReplicaCounts() {}

    /** What an earlier attempt saw stands; what it did not see is added. */
    static ObjectNode merged(Optional<String> cursor, List<ObjectNode> found) {
        ObjectNode counts = cursor.map(ReplicaCounts::read).orElseGet(JsonNodeFactory.instance::objectNode);
        for (ObjectNode object : found) {
            if (!counts.has(Manifest.title(object))) {
                counts.put(Manifest.title(object), object.at("/spec/replicas").asInt(1));
            }
        }
        return counts;
    }

    private static ObjectNode read(String cursor) {
        try {
            if (MAPPER.readTree(cursor) instanceof ObjectNode counts) {
                return counts;
            }
        } catch (JsonProcessingException e) {
            // Told below together with what is JSON but no object.
        }
        throw ActionException.permanent(
                "invalid-cursor", "expected replica counts as a JSON object, came '" + cursor + "'");
    }
}
