package io.upstep.executor.action.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Outcome;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.Waiting;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** {@code kubernetes.scale}: sets the number of replicas, waits until so many are there, and tells how many there were. */
@ApplicationScoped
public class ScaleAction extends ObjectAction<ScaleAction.With> {

    /** The workloads and how many replicas each is to have. */
    public record With(String kind, String apiVersion, String name, String selector, Integer replicas) {
        public With {
            new Target(kind, apiVersion, name, selector);
            if (replicas == null || replicas < 0) {
                throw new IllegalArgumentException("expected 'replicas' to be 0 or more, came " + replicas);
            }
        }

        Target target() {
            return new Target(kind, apiVersion, name, selector);
        }
    }

    public ScaleAction() {
        super("kubernetes.scale", With.class);
    }

    @Override
    Outcome act(With with, StepContext context, FencedObjects objects) {
        List<ObjectNode> found = objects.find(with.target());
        found.forEach(ScaleAction::requireScalable);
        ObjectNode before = ReplicaCounts.merged(context.cursor(), found);
        if (!objects.isPreview()) {
            // Said before the first change: afterwards nobody could tell any more how many there were.
            context.saveCursor(before.toString());
        }
        Kind kind = objects.kind(with.target());
        found.forEach(object -> objects.edit(kind, Manifest.name(object), o -> scale(o, with.replicas())));
        if (!objects.isPreview()) {
            Waiting.until(
                    context,
                    null,
                    () -> missing(with, kind, found, objects),
                    left -> ActionException.passing("timeout", left));
        }
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        details.set("replicasBefore", before);
        return objects.report().outcome("scaled to " + with.replicas(), details);
    }

    private static void requireScalable(JsonNode object) {
        if (object.at("/spec/selector").isMissingNode() || Manifest.kind(object).equals("DaemonSet")) {
            throw ActionException.permanent(
                    "not-scalable", "expected an object that has replicas, came " + Manifest.title(object));
        }
    }

    private static boolean scale(ObjectNode object, int replicas) {
        ObjectNode spec = Manifest.child(object, "spec");
        if (spec.path("replicas").asInt(1) == replicas) {
            return false;
        }
        spec.put("replicas", replicas);
        return true;
    }

    private static Optional<String> missing(With with, Kind kind, List<ObjectNode> found, FencedObjects objects) {
        for (ObjectNode object : found) {
            JsonNode now = objects.get(kind, Manifest.name(object))
                    .orElseThrow(() -> ActionException.passing("object-gone", Manifest.title(object) + " went away"));
            int there = now.at("/status/replicas").asInt(0);
            if (!Manifest.isObserved(now) || there != with.replicas()) {
                return Optional.of(Manifest.title(object) + " has " + there + " of " + with.replicas() + " replicas");
            }
        }
        return Optional.empty();
    }
}
