package io.upstep.simulator.api;

import static io.upstep.simulator.store.Fields.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;
import io.upstep.simulator.patch.ManagedFields;
import io.upstep.simulator.patch.MergePatch;
import io.upstep.simulator.patch.ServerSideApply;
import io.upstep.simulator.patch.StrategicMergePatch;
import io.upstep.simulator.rules.Refusal;
import io.upstep.simulator.rules.Timestamps;
import io.upstep.simulator.store.Meta;
import io.upstep.simulator.store.ResourceType;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Turns a patch in any of the four forms into a write. */
final class Patcher {
    private static final String JSON_PATCH = "application/json-patch+json";
    private static final String MERGE_PATCH = "application/merge-patch+json";
    private static final String STRATEGIC_PATCH = "application/strategic-merge-patch+json";
    private static final String APPLY_PATCH = "application/apply-patch+yaml";
    private static final String ALL = String.join(", ", JSON_PATCH, MERGE_PATCH, STRATEGIC_PATCH, APPLY_PATCH);

    private final Writer writer;
    private final Timestamps timestamps;

    Patcher(Writer writer, Timestamps timestamps) {
        this.writer = writer;
        this.timestamps = timestamps;
    }

    /** Whether this patch may be of an object that is not there yet. */
    static boolean mayCreate(Request request) {
        return mediaType(request).equals(APPLY_PATCH);
    }

    ObjectNode patch(ResourceType type, ObjectNode before, Request request, boolean status) {
        WriteOptions options = WriteOptions.of(request);
        if (mediaType(request).equals(APPLY_PATCH)) {
            return apply(type, before, body(type, Meta.namespace(before), Meta.name(before), request), status, request);
        }
        ObjectNode patched = patched(type, before.deepCopy(), request);
        return writer.update(type, before, patched, status, options);
    }

    /** Server-side apply of an object that is not there yet. */
    ObjectNode create(ResourceType type, String namespace, String name, Request request) {
        WriteOptions options = WriteOptions.of(request);
        requireManager(request);
        ObjectNode applied = body(type, namespace, name, request);
        ManagedFields managers = ManagedFields.of(applied.objectNode());
        ObjectNode nothing = applied.objectNode();
        managers.applied(options.manager(), applied, nothing, type.apiVersion(), timestamps.now());
        return writer.add(type, applied.deepCopy(), managers, options);
    }

    private ObjectNode apply(
            ResourceType type, ObjectNode before, ObjectNode applied, boolean status, Request request) {
        WriteOptions options = WriteOptions.of(request);
        requireManager(request);
        ManagedFields managers = ManagedFields.of(before);
        List<String> conflicts = managers.conflicts(before, applied, options.manager());
        if (!conflicts.isEmpty() && !options.force()) {
            throw Refusal.applyConflict(conflicts);
        }
        ObjectNode merged = ServerSideApply.apply(before.deepCopy(), applied, managers, options.manager());
        ObjectNode next = Writer.keep(type, before, merged, status);
        ObjectNode taken = ManagedFields.changedBy(before, applied);
        managers.applied(options.manager(), applied, taken, type.apiVersion(), timestamps.now());
        return writer.replace(type, before, next, managers, options);
    }

    private static ObjectNode body(ResourceType type, String namespace, String name, Request request) {
        ObjectNode applied = Bodies.read(request);
        if (applied.path("metadata").has("managedFields")) {
            throw Refusal.badRequest("metadata.managedFields must be nil");
        }
        if (text(applied, "kind").isEmpty()) {
            throw Refusal.badRequest("Object 'Kind' is missing in '" + applied + "'");
        }
        Identity.check(type, namespace, name, applied);
        return applied;
    }

    private static void requireManager(Request request) {
        if (request.parameter("fieldManager").isEmpty()) {
            throw Refusal.invalidOptions(
                    "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply patch");
        }
    }

    private static ObjectNode patched(ResourceType type, ObjectNode target, Request request) {
        return switch (mediaType(request)) {
            case MERGE_PATCH -> MergePatch.apply(target, Bodies.read(request));
            case STRATEGIC_PATCH -> {
                if (!type.builtIn()) {
                    throw Refusal.unsupportedMediaType(String.join(", ", JSON_PATCH, MERGE_PATCH, APPLY_PATCH));
                }
                yield StrategicMergePatch.apply(target, Bodies.read(request));
            }
            case JSON_PATCH -> jsonPatch(target, request);
            default -> throw Refusal.unsupportedMediaType(ALL);
        };
    }

    private static ObjectNode jsonPatch(ObjectNode target, Request request) {
        try {
            JsonNode operations = Bodies.JSON.readTree(request.body());
            return (ObjectNode) JsonPatch.apply(operations, target);
        } catch (JsonPatchException e) {
            throw Refusal.invalidOptions("the server rejected our request due to an error in our request: "
                    + Optional.ofNullable(e.getMessage()).orElse("the patch does not apply"));
        } catch (IOException e) {
            throw Refusal.badRequest("error decoding patch: " + e.getMessage());
        }
    }

    private static String mediaType(Request request) {
        return request.contentType().split(";", 2)[0].trim();
    }
}
