package io.upstep.executor.action.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** How to read an object as the API server writes it. */
public final class Manifest {
    private Manifest() {}

    public static String name(JsonNode object) {
        return object.at("/metadata/name").asText();
    }

    public static String kind(JsonNode object) {
        return object.path("kind").asText();
    }

    /** For people: {@code Deployment web}. */
    public static String title(JsonNode object) {
        return kind(object) + " " + name(object);
    }

    public static String uid(JsonNode object) {
        return object.at("/metadata/uid").asText();
    }

    public static String version(JsonNode object) {
        return object.at("/metadata/resourceVersion").asText();
    }

    public static String annotation(JsonNode object, String key) {
        return object.path("metadata").path("annotations").path(key).asText(null);
    }

    /** Whether the API server's controllers have seen the last change of its spec. */
    public static boolean isObserved(JsonNode object) {
        JsonNode observed = object.at("/status/observedGeneration");
        return observed.isMissingNode()
                || observed.asLong() >= object.at("/metadata/generation").asLong();
    }

    /** The object below a key, made when it is not there. */
    public static ObjectNode child(ObjectNode object, String key) {
        JsonNode there = object.get(key);
        return there instanceof ObjectNode node ? node : object.putObject(key);
    }
}
