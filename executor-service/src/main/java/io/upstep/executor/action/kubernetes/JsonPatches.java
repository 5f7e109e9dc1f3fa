package io.upstep.executor.action.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Adds to a patch the version it is meant for, so that it fails on any other, and our mark. */
public final class JsonPatches {
    private JsonPatches() {}

    /**
     * @param now the object as it was read
     * @param marked the same with our mark
     */
    public static JsonNode guarded(JsonNode operations, JsonNode now, JsonNode marked) {
        ArrayNode guarded = JsonNodeFactory.instance.arrayNode();
        // Not as a test, whose failure the API server would not call a conflict.
        guarded.addObject()
                .put("op", "replace")
                .put("path", "/metadata/resourceVersion")
                .put("value", Manifest.version(now));
        guarded.addObject()
                .put("op", "add")
                .put("path", "/metadata/annotations")
                .set("value", marked.at("/metadata/annotations"));
        operations.forEach(guarded::add);
        return guarded;
    }

    public static JsonNode guardedMerge(ObjectNode patch, JsonNode marked) {
        ObjectNode guarded = patch.deepCopy();
        ObjectNode metadata = Manifest.child(guarded, "metadata");
        metadata.put("resourceVersion", Manifest.version(marked));
        ObjectNode annotations = Manifest.child(metadata, "annotations");
        marked.at("/metadata/annotations")
                .properties()
                .forEach(mark -> putOurs(annotations, mark.getKey(), mark.getValue()));
        return guarded;
    }

    private static void putOurs(ObjectNode annotations, String key, JsonNode value) {
        if (key.startsWith("upstep.io/")) {
            annotations.set(key, value);
        }
    }
}
