package io.upstep.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import io.upstep.simulator.patch.MergePatch;
import io.upstep.simulator.rules.Refusal;
import java.io.IOException;

/** Reads what a request makes of a Scale. */
final class Scales {
    private Scales() {}

    static ObjectNode changed(ObjectNode scale, Request request) {
        return switch (request.method()) {
            case "PUT" -> Bodies.read(request);
            case "PATCH" ->
                request.contentType().startsWith("application/json-patch")
                        ? jsonPatch(scale, request)
                        : MergePatch.apply(scale, Bodies.read(request));
            default -> throw Refusal.methodNotAllowed();
        };
    }

    private static ObjectNode jsonPatch(ObjectNode scale, Request request) {
        try {
            return (ObjectNode) JsonPatch.apply(Bodies.JSON.readTree(request.body()), scale);
        } catch (IOException e) {
            throw Refusal.badRequest("error decoding patch: " + e.getMessage());
        }
    }
}
