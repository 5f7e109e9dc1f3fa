package io.upstep.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.upstep.simulator.protobuf.Protobuf;
import io.upstep.simulator.rules.Refusal;
import java.io.IOException;

/** Reads the object in a request's body, JSON or YAML. */
final class Bodies {
    static final ObjectMapper JSON = JsonMapper.builder().build();

    private Bodies() {}

    static ObjectNode read(Request request) {
        if (request.contentType().startsWith("application/vnd.kubernetes.protobuf")) {
            return protobuf(request);
        }
        try {
            JsonNode body = isJson(request) ? JSON.readTree(request.body()) : Yaml.MAPPER.readTree(request.body());
            if (body instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException e) {
            throw Refusal.badRequest(
                    "expected an object as JSON or YAML in the body, but it cannot be read: " + e.getMessage());
        }
        throw Refusal.badRequest("expected an object as JSON or YAML in the body, came something else");
    }

    private static ObjectNode protobuf(Request request) {
        try {
            return Protobuf.read(request.body())
                    .orElseThrow(() -> Refusal.unsupportedMediaType("application/json, application/yaml"));
        } catch (IOException e) {
            throw Refusal.badRequest(
                    "expected an object as protobuf in the body, but it cannot be read: " + e.getMessage());
        }
    }

    /** The body of a request that may have none. */
    static ObjectNode readOrEmpty(Request request) {
        return request.body().length == 0 ? JSON.createObjectNode() : read(request);
    }

    private static boolean isJson(Request request) {
        for (byte b : request.body()) {
            if (!Character.isWhitespace(b)) {
                return b == '{' || b == '[';
            }
        }
        return true;
    }

    /** Loaded when the first YAML comes, which is seldom. */
    private static final class Yaml {
        private static final ObjectMapper MAPPER = new ObjectMapper(new YAMLFactory());
    }
}
