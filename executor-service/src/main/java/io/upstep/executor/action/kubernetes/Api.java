package io.upstep.executor.action.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.upstep.executor.action.Marks;
import java.net.HttpURLConnection;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The API server's own words for objects of any kind, as JSON: what is not understood here survives being written back. */
final class Api {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final KubernetesClient client;
    private final String namespace;
    private final boolean dryRun;

    /** @param dryRun whether every write only asks what would come of it */
    Api(KubernetesClient client, String namespace, boolean dryRun) {
        this.client = client;
        this.namespace = namespace;
        this.dryRun = dryRun;
    }

    Kind kind(String kind, String apiVersion) {
        return Kinds.resolve(client, kind, apiVersion);
    }

    Optional<ObjectNode> get(Kind kind, String name) {
        try {
            return Optional.ofNullable(client.raw(path(kind, name))).map(json -> object(json, kind));
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** @param selector a label selector as kubectl takes it; null for all */
    List<ObjectNode> list(Kind kind, String selector) {
        String query = selector == null ? "" : "?labelSelector=" + encoded(selector);
        String json = client.raw(kind.path(namespace) + query);
        List<ObjectNode> found = new ArrayList<>();
        if (json != null) {
            parse(json).path("items").forEach(item -> found.add(typed((ObjectNode) item, kind)));
        }
        return found;
    }

    ObjectNode create(Kind kind, ObjectNode object) {
        return object(client.raw(kind.path(namespace) + write(), "POST", object.toString()), kind);
    }

    /** Writes the object back; fails with a conflict when it is not any more at the version it was read at. */
    ObjectNode replace(Kind kind, ObjectNode object) {
        return object(client.raw(path(kind, Manifest.name(object)) + write(), "PUT", object.toString()), kind);
    }

    ObjectNode patch(Kind kind, String name, PatchType type, JsonNode patch) {
        var resources = client.genericKubernetesResources(kind.context());
        Resource<GenericKubernetesResource> resource =
                kind.namespaced() ? resources.inNamespace(namespace).withName(name) : resources.withName(name);
        return MAPPER.valueToTree(resource.patch(how(type).build(), patch.toString()));
    }

    /** Server-side apply, which makes the object if it is not there. */
    ObjectNode apply(Kind kind, ObjectNode manifest) {
        var resources = client.genericKubernetesResources(kind.context());
        GenericKubernetesResource wanted = MAPPER.convertValue(manifest, GenericKubernetesResource.class);
        Resource<GenericKubernetesResource> resource =
                kind.namespaced() ? resources.inNamespace(namespace).resource(wanted) : resources.resource(wanted);
        // Forced, because an upgrade is to win over whoever set the field before.
        return MAPPER.valueToTree(
                resource.patch(how(PatchType.SERVER_SIDE_APPLY).withForce(true).build()));
    }

    private PatchContext.Builder how(PatchType type) {
        PatchContext.Builder how =
                new PatchContext.Builder().withPatchType(type).withFieldManager(Marks.FIELD_MANAGER);
        return dryRun ? how.withDryRun(List.of("All")) : how;
    }

    /** Deletes exactly the object that was read, not another that has its name meanwhile. */
    void delete(Kind kind, ObjectNode object, String propagation) {
        ObjectNode options = MAPPER.createObjectNode()
                .put("apiVersion", "v1")
                .put("kind", "DeleteOptions")
                .put("propagationPolicy", propagation);
        options.putObject("preconditions")
                .put("uid", Manifest.uid(object))
                .put("resourceVersion", Manifest.version(object));
        if (dryRun) {
            options.putArray("dryRun").add("All");
        }
        client.raw(path(kind, Manifest.name(object)), "DELETE", options.toString());
    }

    private String path(Kind kind, String name) {
        return kind.path(namespace) + "/" + encoded(name);
    }

    private String write() {
        return "?fieldManager=" + Marks.FIELD_MANAGER + (dryRun ? "&dryRun=All" : "");
    }

    private static ObjectNode object(String json, Kind kind) {
        return typed((ObjectNode) parse(json), kind);
    }

    /** Items of a list come without saying what they are. */
    private static ObjectNode typed(ObjectNode object, Kind kind) {
        return object.put("apiVersion", kind.apiVersion()).put("kind", kind.name());
    }

    private static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new KubernetesClientException(
                    "the API server answered with something other than JSON: " + e.getMessage());
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
