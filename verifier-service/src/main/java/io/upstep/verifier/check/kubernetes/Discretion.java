package io.upstep.verifier.check.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Hides, in what is told of an object, what may be a secret without being a Secret: the literal values of environment
 * variables, and kubectl's copy of what was applied. Facts are published and stored.
 */
final class Discretion {
    private static final String HIDDEN = "***";
    private static final String APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private Discretion() {}

    /** The same, fit to be told; a single value, which somebody asked for by its pointer, stays. */
    static JsonNode about(JsonNode value) {
        JsonNode copy = value.deepCopy();
        hide(copy);
        return copy;
    }

    private static void hide(JsonNode node) {
        if (node instanceof ObjectNode object) {
            if (object.has(APPLIED)) {
                object.put(APPLIED, HIDDEN);
            }
            if (isVariable(object)) {
                object.put("value", HIDDEN);
            }
        }
        node.forEach(Discretion::hide);
    }

    /** Only environment variables have a name and a value and nothing else. */
    private static boolean isVariable(ObjectNode object) {
        return object.size() == 2
                && object.path("name").isTextual()
                && object.path("value").isTextual();
    }
}
