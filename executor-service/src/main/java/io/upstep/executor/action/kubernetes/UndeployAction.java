package io.upstep.executor.action.kubernetes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Outcome;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.Waiting;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code kubernetes.undeploy}: takes away what a label selects, kind after kind, and never what holds data. */
@ApplicationScoped
public class UndeployAction extends ObjectAction<UndeployAction.With> {
    /** With these the data go: no recipe may ask for that, whatever it keeps or does not. */
    private static final Set<String> NEVER =
            Set.of("PersistentVolumeClaim", "PersistentVolume", "StorageClass", "Namespace");

    private static final int MOST_ROUNDS = 3;

    /**
     * @param selector a label selector as kubectl takes it
     * @param kinds in the order in which they are to go, or {@code apiVersion/Kind}
     * @param keep kinds that are not to be among them; those that hold data never are
     * @param clusterScoped which objects of kinds without a namespace may go
     * @param mayBeAbsent whether finding nothing is success even the first time
     */
    public record With(
            String selector, List<String> kinds, List<String> keep, ClusterScoped clusterScoped, Boolean mayBeAbsent) {
        public With {
            if (selector == null || selector.isBlank()) {
                throw new IllegalArgumentException("expected 'selector', which is missing");
            }
            if (kinds == null || kinds.isEmpty()) {
                throw new IllegalArgumentException("expected 'kinds' with at least one kind");
            }
            kinds = List.copyOf(kinds);
            keep = keep == null ? List.of() : List.copyOf(keep);
            clusterScoped = clusterScoped == null ? new ClusterScoped(null) : clusterScoped;
            mayBeAbsent = Boolean.TRUE.equals(mayBeAbsent);
            for (String kind : kinds) {
                requireHarmless(KindNames.bare(kind), keep);
            }
        }

        private static void requireHarmless(String kind, List<String> keep) {
            if (NEVER.contains(kind) || keep.contains(kind)) {
                throw new IllegalArgumentException("expected no kind that is to be kept, "
                        + (keep.isEmpty() ? NEVER : keep) + ", came '" + kind + "' among 'kinds': with it data go");
            }
        }
    }

    /** @param names full names; whatever else of such a kind the selector matches may be another installation's */
    public record ClusterScoped(List<String> names) {
        public ClusterScoped {
            names = names == null ? List.of() : List.copyOf(names);
        }
    }

    public UndeployAction() {
        super("kubernetes.undeploy", With.class);
    }

    @Override
    Outcome act(With with, StepContext context, FencedObjects objects) {
        Shared shared = new Shared(with.clusterScoped().names(), context.namespace(), objects);
        DeleteCursor cursor = DeleteCursor.read(context.cursor());
        List<ObjectNode> all = all(with, shared, objects);
        all.forEach(UndeployAction::requireThatClaimsStay);
        if (!with.mayBeAbsent() && cursor.isEmpty() && all.isEmpty()) {
            throw ActionException.permanent(
                    "selector-matches-nothing",
                    "expected at least one object of the kinds " + with.kinds() + " with " + with.selector()
                            + " in namespace " + context.namespace() + ", and there is none");
        }
        if (!objects.isPreview() && cursor.isEmpty()) {
            // Said before the first is gone: a later attempt that finds nothing must know that this is why.
            context.saveCursor(with.selector().replace(',', ';'));
        }
        // What still ran when its kind was gone may have made one of that kind again.
        for (int rounds = 0; rounds == 0 || !objects.isPreview() && !all.isEmpty(); rounds++) {
            requireAnEnd(rounds, all);
            round(with, shared, context, objects);
            all = all(with, shared, objects);
        }
        return objects.report().outcome("deleted", details(shared));
    }

    private static void round(With with, Shared shared, StepContext context, FencedObjects objects) {
        double done = 0;
        for (String name : with.kinds()) {
            context.progress(done++ / with.kinds().size(), "deleting every " + name + " with " + with.selector());
            undeploy(KindNames.resolve(name, objects), with, shared, context, objects);
        }
    }

    private static void requireAnEnd(int rounds, List<ObjectNode> left) {
        if (rounds == MOST_ROUNDS) {
            throw ActionException.passing(
                    "made-again",
                    "expected nothing to be left, and somebody makes it again: "
                            + String.join(
                                    ", ", left.stream().map(Manifest::title).toList()));
        }
    }

    private static void requireThatClaimsStay(ObjectNode object) {
        if (object.at("/spec/persistentVolumeClaimRetentionPolicy/whenDeleted")
                .asText()
                .equals("Delete")) {
            throw ActionException.permanent(
                    "claims-would-go",
                    "expected " + Manifest.title(object) + " to leave its claims behind, and its"
                            + " persistentVolumeClaimRetentionPolicy says whenDeleted: Delete; set it to Retain."
                            + " Nothing was deleted");
        }
    }

    private static void undeploy(Kind kind, With with, Shared shared, StepContext context, FencedObjects objects) {
        List<ObjectNode> found = found(kind, with, shared, objects);
        for (ObjectNode object : found) {
            if (kind.namespaced()) {
                objects.delete(kind, object, "Background");
            } else {
                objects.deleteDefinition(kind, object);
            }
        }
        if (!objects.isPreview()) {
            Waiting.until(
                    context,
                    null,
                    () -> remaining(kind, found, objects),
                    left -> ActionException.passing("timeout", left));
        }
    }

    private static List<ObjectNode> all(With with, Shared shared, FencedObjects objects) {
        List<ObjectNode> all = new ArrayList<>();
        with.kinds().forEach(name -> all.addAll(found(KindNames.resolve(name, objects), with, shared, objects)));
        return all;
    }

    private static List<ObjectNode> found(Kind kind, With with, Shared shared, FencedObjects objects) {
        return objects.list(kind, with.selector()).stream()
                .filter(object -> !object.path("type").asText().startsWith("upstep.io/"))
                .filter(object -> kind.namespaced() || shared.isOurs(object))
                .toList();
    }

    private static Optional<String> remaining(Kind kind, List<ObjectNode> found, FencedObjects objects) {
        List<String> left = found.stream()
                .filter(object -> objects.get(kind, Manifest.name(object))
                        .filter(now -> Manifest.uid(now).equals(Manifest.uid(object)))
                        .isPresent())
                .map(Manifest::title)
                .toList();
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of("waiting for " + String.join(", ", left) + " to be gone");
    }

    private static ObjectNode details(Shared shared) {
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        if (!shared.kept().isEmpty()) {
            ArrayNode kept = details.putArray("kept");
            for (Map.Entry<String, String> entry : shared.kept().entrySet()) {
                kept.addObject().put("object", entry.getKey()).put("reason", entry.getValue());
            }
        }
        return details;
    }
}
