package io.upstep.verifier.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Takes the values out of a Secret as it is read, so that no check, probe or log line can tell them. The keys stay. */
final class SecretRedaction {
    static final String HIDDEN = "***";
    private static final List<String> VALUES = List.of("data", "stringData");

    private SecretRedaction() {}

    static ObjectNode redact(ObjectNode object) {
        if ("Secret".equals(object.path("kind").asText())) {
            VALUES.forEach(field -> hide(object.path(field)));
            // kubectl keeps a copy of what was applied, values included, in an annotation.
            hide(object.at("/metadata/annotations"));
        }
        return object;
    }

    private static void hide(JsonNode values) {
        if (values instanceof ObjectNode map) {
            map.fieldNames().forEachRemaining(key -> map.put(key, HIDDEN));
        }
    }
}
