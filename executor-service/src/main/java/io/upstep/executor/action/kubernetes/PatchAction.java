package io.upstep.executor.action.kubernetes;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.upstep.event.Outcome;
import io.upstep.executor.action.StepContext;
import jakarta.enterprise.context.ApplicationScoped;

/** {@code kubernetes.patch}: patches objects, each from the version it was read at. */
@ApplicationScoped
public class PatchAction extends ObjectAction<PatchAction.With> {

    /** @param patch an object for a merge or strategic patch, an array of operations for a JSON patch */
    public record With(String kind, String apiVersion, String name, String selector, Type type, JsonNode patch) {
        public With {
            new Target(kind, apiVersion, name, selector);
            if (type == null) {
                throw new IllegalArgumentException("expected 'type' to be merge, strategic or json, which is missing");
            }
            if (patch == null || (type == Type.JSON ? !patch.isArray() : !patch.isObject())) {
                // Not the patch itself: it may hold what is not for everybody.
                throw new IllegalArgumentException("expected 'patch' to be "
                        + (type == Type.JSON ? "an array of operations" : "an object") + ", came "
                        + (patch == null ? "nothing" : patch.getNodeType()));
            }
        }

        Target target() {
            return new Target(kind, apiVersion, name, selector);
        }
    }

    /** Which rules a patch follows. */
    public enum Type {
        @JsonProperty("merge")
        MERGE(PatchType.JSON_MERGE),
        @JsonProperty("strategic")
        STRATEGIC(PatchType.STRATEGIC_MERGE),
        @JsonProperty("json")
        JSON(PatchType.JSON);

        private final PatchType type;

        Type(PatchType type) {
            this.type = type;
        }
    }

    public PatchAction() {
        super("kubernetes.patch", With.class);
    }

    @Override
    Outcome act(With with, StepContext context, FencedObjects objects) {
        Kind kind = objects.kind(with.target());
        for (ObjectNode object : objects.find(with.target())) {
            // Of the three only a JSON patch may do something else the second time.
            if (with.type() == Type.JSON && objects.isDone(object)) {
                objects.report().unchanged(Manifest.title(object));
            } else {
                objects.patch(kind, Manifest.name(object), with.type().type, now -> patch(with, now, objects));
            }
        }
        return objects.report().outcome("patched");
    }

    private static JsonNode patch(With with, JsonNode now, FencedObjects objects) {
        ObjectNode marked = ((ObjectNode) now).deepCopy();
        objects.mark(marked);
        return with.type() == Type.JSON
                ? JsonPatches.guarded(with.patch(), now, marked)
                : JsonPatches.guardedMerge((ObjectNode) with.patch(), marked);
    }
}
