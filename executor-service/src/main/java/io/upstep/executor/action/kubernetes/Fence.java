package io.upstep.executor.action.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.Marks;
import io.upstep.executor.action.StepContext;

/** Keeps an attempt from writing over a newer one's work, and leaves its own mark for older ones to see. */
final class Fence {
    private final StepContext context;

    Fence(StepContext context) {
        this.context = context;
    }

    /** @throws ActionException {@code fenced} when a newer attempt has written the object */
    void check(JsonNode object) {
        boolean sameInstallation = context.installation().release().equals(Manifest.annotation(object, Marks.RELEASE));
        long theirs = Marks.epoch(Manifest.annotation(object, Marks.EPOCH));
        if (sameInstallation && theirs > context.attempt().epoch()) {
            throw ActionException.permanent(
                    "fenced",
                    "expected " + Manifest.title(object) + " to be written at epoch "
                            + context.attempt().epoch() + " or before, but plan "
                            + Manifest.annotation(object, Marks.PLAN) + " wrote it at " + theirs
                            + "; if no such plan exists any more, remove its annotation " + Marks.EPOCH);
        }
    }

    /** Whether this very step, in this or an earlier attempt, was the last to write the object. */
    boolean wroteLast(JsonNode object) {
        return context.installation().release().equals(Manifest.annotation(object, Marks.RELEASE))
                && context.attempt().planId().equals(Manifest.annotation(object, Marks.PLAN))
                && context.attempt().stepId().equals(Manifest.annotation(object, Marks.STEP));
    }

    void mark(ObjectNode object) {
        ObjectNode annotations = Manifest.child(Manifest.child(object, "metadata"), "annotations");
        Marks.of(context.installation(), context.attempt()).forEach(annotations::put);
    }
}
