package io.upstep.executor.action.kubernetes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Outcome;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * {@code kubernetes.save-objects}: keeps the manifests of objects, as they are now, in Secrets of their namespace. Of what
 * it reads nothing but names ever leaves the cluster.
 */
@ApplicationScoped
public class SaveObjectsAction extends ObjectAction<SaveObjectsAction.With> {
    static final String TYPE = "upstep.io/saved-objects";

    /**
     * @param kinds kinds, or {@code apiVersion/Kind} for unusual ones
     * @param selector only those a label selector matches
     * @param names only those of these names, each of which must be there
     * @param into how the Secrets' names begin; the plan's id is added
     */
    public record With(List<String> kinds, String selector, List<String> names, String into) {
        public With {
            if (kinds == null || kinds.isEmpty()) {
                throw new IllegalArgumentException("expected 'kinds' with at least one kind");
            }
            if (into == null || !into.matches("[a-z0-9]([-a-z0-9.]{0,200}[a-z0-9])?")) {
                throw new IllegalArgumentException(
                        "expected 'into' to be the beginning of a Secret's name, came '" + into + "'");
            }
            kinds = List.copyOf(kinds);
            names = names == null ? List.of() : List.copyOf(names);
        }
    }

    public SaveObjectsAction() {
        super("kubernetes.save-objects", With.class);
    }

    @Override
    Outcome act(With with, StepContext context, FencedObjects objects) {
        SavedObjects saved = new SavedObjects(with.into(), context, objects);
        if (saved.isComplete()) {
            return Outcome.Succeeded.of("saved already in Secret " + saved.name());
        }
        List<ObjectNode> found = found(with, objects);
        context.progress(null, "saving " + found.size() + " objects");
        int parts = saved.write(found);
        ObjectNode details = JsonNodeFactory.instance
                .objectNode()
                .put("secret", saved.name())
                .put("parts", parts);
        found.stream().map(Manifest::title).forEach(details.putArray("objects")::add);
        return objects.report().outcome("saved " + found.size() + " objects into", details);
    }

    private static List<ObjectNode> found(With with, FencedObjects objects) {
        List<ObjectNode> found = new ArrayList<>();
        for (String text : with.kinds()) {
            int slash = text.lastIndexOf('/');
            Kind kind = objects.kind(text.substring(slash + 1), slash < 0 ? null : text.substring(0, slash));
            objects.list(kind, with.selector()).stream()
                    .filter(object -> with.names().isEmpty() || with.names().contains(Manifest.name(object)))
                    .filter(object -> !object.path("type").asText().startsWith("upstep.io/"))
                    .forEach(found::add);
        }
        requireAll(with, found);
        found.sort(Comparator.comparing(Manifest::title));
        return found;
    }

    private static void requireAll(With with, List<ObjectNode> found) {
        List<String> there = found.stream().map(Manifest::name).toList();
        List<String> missing =
                with.names().stream().filter(name -> !there.contains(name)).toList();
        if (!missing.isEmpty()) {
            throw ActionException.permanent(
                    "object-not-found", "expected objects called " + missing + " among the kinds " + with.kinds());
        }
        if (found.isEmpty()) {
            throw ActionException.permanent(
                    "selector-matches-nothing",
                    "expected at least one object of the kinds " + with.kinds()
                            + (with.selector() == null ? "" : " with " + with.selector()) + ", and there is none");
        }
    }
}
