package io.upstep.executor.action.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.Marks;
import io.upstep.executor.action.StepContext;

/** Keeps an attempt from writing over a newer one's work, and leaves its own mark for older ones to see. */
final class Fence {
    private final StepContext context;
    private final Api api;

    Fence(StepContext context, Api api) {
        this.context = context;
        this.api = api;
    }

    /**
     * @throws ActionException {@code fenced} when a newer attempt has written the object, {@code shared-object} when a plan
     *     of another release is at work on it
     */
    void check(JsonNode object) {
        String release = Manifest.annotation(object, Marks.RELEASE);
        if (isOurs(object)) {
            checkEpoch(object);
        } else if (release != null) {
            // Epochs of two releases cannot be compared: whether the other plan is over decides.
            api.get(Kinds.LEASE, Marks.lease(release))
                    .filter(Fence::isKept)
                    .ifPresent(lease -> refuse(object, release, lease));
        }
    }

    private boolean isOurs(JsonNode object) {
        return context.installation().release().equals(Manifest.annotation(object, Marks.RELEASE));
    }

    private void checkEpoch(JsonNode object) {
        long theirs = Marks.epoch(Manifest.annotation(object, Marks.EPOCH));
        if (theirs > context.attempt().epoch()) {
            throw ActionException.permanent(
                    "fenced",
                    "expected " + Manifest.title(object) + " to be written at epoch "
                            + context.attempt().epoch() + " or before, but plan "
                            + Manifest.annotation(object, Marks.PLAN) + " wrote it at " + theirs
                            + "; if no such plan exists any more, remove its annotation " + Marks.EPOCH);
        }
    }

    private static boolean isKept(JsonNode lease) {
        return Manifest.annotation(lease, Marks.PLAN) != null
                && !Boolean.parseBoolean(Manifest.annotation(lease, Marks.ENDED));
    }

    private void refuse(JsonNode object, String release, JsonNode lease) {
        throw ActionException.permanent(
                "shared-object",
                "expected " + Manifest.title(object) + " to be of release "
                        + context.installation().release() + " alone, but plan "
                        + Manifest.annotation(lease, Marks.PLAN) + " of release " + release
                        + ", which has not ended, wrote it; let that plan end and try again, or name objects that are not"
                        + " shared");
    }

    /** Whether this very step, in this or an earlier attempt, was the last to write the object. */
    boolean wroteLast(JsonNode object) {
        return isOurs(object)
                && context.attempt().planId().equals(Manifest.annotation(object, Marks.PLAN))
                && context.attempt().stepId().equals(Manifest.annotation(object, Marks.STEP));
    }

    /** Whether an attempt of this step whose work counts was the last to write the object. */
    boolean counts(JsonNode object) {
        long attempt = Math.max(1, Marks.epoch(Manifest.annotation(object, Marks.ATTEMPT)));
        return wroteLast(object) && attempt >= context.firstAttempt();
    }

    /** Whether the object carries the mark of this attempt. */
    boolean isMarked(JsonNode object) {
        return wroteLast(object)
                && Marks.epoch(Manifest.annotation(object, Marks.EPOCH))
                        == context.attempt().epoch();
    }

    void mark(ObjectNode object) {
        ObjectNode annotations = Manifest.child(Manifest.child(object, "metadata"), "annotations");
        Marks.of(context.installation(), context.attempt()).forEach(annotations::put);
    }
}
