package io.upstep.simulator.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Takes nulls out of an object: to the API server a field that is null and one that is missing are the same. */
public final class Nulls {
    private Nulls() {}

    public static void strip(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().removeIf(e -> e.getValue().isNull());
        }
        node.forEach(Nulls::strip);
    }
}
