package io.upstep.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.rules.Refusal;
import io.upstep.simulator.store.ResourceType;
import io.upstep.simulator.store.ResourceTypes;

/** Answers just enough OpenAPI for a client to learn that the server validates fields itself. */
final class OpenApi {
    private static final String ROOT = "/openapi/v3";

    /** Clients look here for kinds they did not find above; an empty document in its binary form says: not here either. */
    private static final Answer OLDER =
            new Answer(200, "application/com.github.proto-openapi.spec.v2.v1.0+protobuf", "\n\u00032.0");

    private final ResourceTypes types;

    OpenApi(ResourceTypes types) {
        this.types = types;
    }

    Answer answer(String path) {
        if (path.equals(ROOT)) {
            return Answer.json(index());
        }
        if (path.startsWith(ROOT + "/")) {
            return Answer.json(document(path.substring(ROOT.length() + 1)));
        }
        if (path.equals("/openapi/v2")) {
            return OLDER;
        }
        throw Refusal.noSuchPath();
    }

    private ObjectNode index() {
        ObjectNode index = Bodies.JSON.createObjectNode();
        ObjectNode paths = index.putObject("paths");
        types.all().forEach(t -> paths.putObject(base(t)).put("serverRelativeURL", ROOT + "/" + base(t)));
        return index;
    }

    private ObjectNode document(String base) {
        ObjectNode document = Bodies.JSON.createObjectNode().put("openapi", "3.0.0");
        document.putObject("info").put("title", "Kubernetes").put("version", "simulated");
        ObjectNode paths = document.putObject("paths");
        types.all().stream().filter(t -> base(t).equals(base)).forEach(t -> describe(paths, t));
        document.putObject("components").putObject("schemas");
        return document;
    }

    private static void describe(ObjectNode paths, ResourceType type) {
        String scope = type.namespaced() ? "/namespaces/{namespace}/" : "/";
        ObjectNode patch = paths.putObject("/" + base(type) + scope + type.plural() + "/{name}")
                .putObject("patch");
        patch.putArray("parameters")
                .addObject()
                .put("name", "fieldValidation")
                .put("in", "query")
                .putObject("schema")
                .put("type", "string");
        patch.putObject("responses");
        patch.putObject("x-kubernetes-group-version-kind")
                .put("group", type.group())
                .put("version", type.version())
                .put("kind", type.kind());
    }

    private static String base(ResourceType type) {
        return (type.group().isEmpty() ? "api/" : "apis/") + type.apiVersion();
    }
}
