package io.upstep.executor.action.helm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.Marks;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.kubernetes.FencedObjects;
import io.upstep.executor.action.kubernetes.JsonPatches;
import io.upstep.executor.action.kubernetes.Kind;
import io.upstep.executor.action.kubernetes.Manifest;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.Optional;

/** Does Helm's writes the way Upstep does its own: while it owns the installation, marked, and from the version that was read. */
final class FencedPassage {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String STRATEGIC = "application/strategic-merge-patch+json";
    private static final String JSON_PATCH = "application/json-patch+json";

    private final StepContext context;
    private final FencedObjects objects;
    private final RawPassage raw;

    FencedPassage(StepContext context, FencedObjects objects, RawPassage raw) {
        this.context = context;
        this.objects = objects;
        this.raw = raw;
    }

    ApiAnswer pass(ApiCall call) throws IOException {
        ApiCall.Place place = call.place();
        if (place == null) {
            return ApiAnswer.refused(HttpURLConnection.HTTP_FORBIDDEN, "Forbidden", "no object is at " + call.path());
        }
        if (place.namespace() != null && !place.namespace().equals(context.namespace())) {
            throw ActionException.permanent(
                    "foreign-namespace",
                    "expected every object of the release in the installation's namespace " + context.namespace()
                            + ", came " + place.plural() + " in namespace " + place.namespace());
        }
        if (place.subresource() != null) {
            return ApiAnswer.refused(
                    HttpURLConnection.HTTP_FORBIDDEN,
                    "Forbidden",
                    "expected a write to an object itself, came one to its " + place.subresource());
        }
        if (ProtobufMarks.CONTENT_TYPE.equals(call.contentType())
                && !call.method().equals("DELETE")) {
            return protobuf(call);
        }
        return switch (call.method()) {
            case "POST" -> create(call);
            case "PUT" -> replace(call);
            case "PATCH" -> patch(call);
            default -> delete(call);
        };
    }

    private ApiAnswer protobuf(ApiCall call) throws IOException {
        boolean isNew = call.place().name() == null;
        Optional<ObjectNode> now = isNew ? Optional.empty() : now(call);
        if (!isNew && now.isEmpty()) {
            return notFound(call);
        }
        now.ifPresent(objects::check);
        byte[] body = ProtobufMarks.put(
                call.body(),
                Marks.of(context.installation(), context.attempt()),
                now.map(Manifest::version).orElse(null));
        context.checkpoint();
        return raw.send(call, body, "fieldManager=" + Marks.FIELD_MANAGER);
    }

    private ApiAnswer create(ApiCall call) {
        ObjectNode object = parsed(call);
        ObjectNode made = objects.create(kind(call, Manifest.kind(object)), object);
        return ApiAnswer.object(HttpURLConnection.HTTP_CREATED, made);
    }

    private ApiAnswer replace(ApiCall call) {
        ObjectNode wanted = parsed(call);
        ObjectNode written =
                objects.edit(kind(call, Manifest.kind(wanted)), call.place().name(), now -> {
                    String version = Manifest.version(now);
                    now.removeAll();
                    now.setAll(wanted.deepCopy());
                    Manifest.child(now, "metadata").put("resourceVersion", version);
                    return true;
                });
        return ApiAnswer.object(HttpURLConnection.HTTP_OK, written);
    }

    private ApiAnswer patch(ApiCall call) throws IOException {
        boolean known =
                call.isMergePatch() || STRATEGIC.equals(call.contentType()) || JSON_PATCH.equals(call.contentType());
        if (!known) {
            return ApiAnswer.refused(
                    HttpURLConnection.HTTP_UNSUPPORTED_TYPE,
                    "UnsupportedMediaType",
                    "expected a patch that can be marked, came " + call.contentType());
        }
        Optional<ObjectNode> now = now(call);
        if (now.isEmpty()) {
            return notFound(call);
        }
        JsonNode patch = MAPPER.readTree(call.body());
        PatchType type = call.isMergePatch() ? PatchType.JSON_MERGE : PatchType.STRATEGIC_MERGE;
        ObjectNode written = objects.patch(
                kind(call, Manifest.kind(now.get())),
                call.place().name(),
                patch.isArray() ? PatchType.JSON : type,
                before -> guarded(patch, before));
        return ApiAnswer.object(HttpURLConnection.HTTP_OK, written);
    }

    private JsonNode guarded(JsonNode patch, JsonNode before) {
        ObjectNode marked = before.deepCopy();
        objects.mark(marked);
        return patch.isArray()
                ? JsonPatches.guarded(patch, before, marked)
                : JsonPatches.guardedMerge((ObjectNode) patch, marked);
    }

    private ApiAnswer delete(ApiCall call) throws IOException {
        if (call.place().name() == null) {
            return ApiAnswer.refused(
                    HttpURLConnection.HTTP_FORBIDDEN,
                    "Forbidden",
                    "expected one object to be deleted, came a collection");
        }
        Optional<ObjectNode> now = now(call);
        if (now.isEmpty()) {
            return notFound(call);
        }
        objects.delete(kind(call, Manifest.kind(now.get())), now.get(), propagation(call));
        return ApiAnswer.deleted();
    }

    /** Said here and not asked for: what is made meanwhile is somebody else's, and neither marked nor of a version we know. */
    private static ApiAnswer notFound(ApiCall call) {
        return ApiAnswer.refused(
                HttpURLConnection.HTTP_NOT_FOUND,
                "NotFound",
                call.place().plural() + " \"" + call.place().name() + "\" not found");
    }

    private static String propagation(ApiCall call) throws IOException {
        JsonNode options = call.isJson() && call.body().length > 0 ? MAPPER.readTree(call.body()) : MAPPER.nullNode();
        return options.path("propagationPolicy").asText("Background");
    }

    private Optional<ObjectNode> now(ApiCall call) {
        try {
            String json = context.client().raw(call.path());
            return json == null ? Optional.empty() : Optional.of((ObjectNode) MAPPER.readTree(json));
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        } catch (JsonProcessingException e) {
            throw new KubernetesClientException("the API server answered with something other than JSON", e);
        }
    }

    private static Kind kind(ApiCall call, String name) {
        ApiCall.Place place = call.place();
        return new Kind(place.apiVersion(), name, place.plural(), place.namespace() != null);
    }

    private static ObjectNode parsed(ApiCall call) {
        try {
            return (ObjectNode) MAPPER.readTree(call.body());
        } catch (IOException | ClassCastException e) {
            throw ActionException.permanent(
                    "helm-failed",
                    "expected an object in JSON from Helm at " + call.path() + ", came " + call.contentType());
        }
    }
}
