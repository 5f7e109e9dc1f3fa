package io.upstep.simulator.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON merge patch (RFC 7396): objects merge, null removes, all else replaces. */
public final class MergePatch {
    private MergePatch() {}

    public static ObjectNode apply(ObjectNode target, JsonNode patch) {
        patch.properties().forEach(e -> {
            JsonNode value = e.getValue();
            if (value.isNull()) {
                target.remove(e.getKey());
            } else if (value.isObject()) {
                ObjectNode there =
                        target.get(e.getKey()) instanceof ObjectNode object ? object : target.putObject(e.getKey());
                apply(there, value);
            } else {
                target.set(e.getKey(), value);
            }
        });
        return target;
    }
}
