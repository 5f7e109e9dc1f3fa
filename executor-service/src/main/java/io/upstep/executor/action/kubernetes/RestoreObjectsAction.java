package io.upstep.executor.action.kubernetes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.upstep.event.Outcome;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;

/** {@code kubernetes.restore-objects}: puts objects back as {@code kubernetes.save-objects} of the same plan saved them. */
@ApplicationScoped
public class RestoreObjectsAction extends ObjectAction<RestoreObjectsAction.With> {
    private static final int UNPROCESSABLE = 422;

    /**
     * @param from what {@code kubernetes.save-objects} was given as {@code into}
     * @param kinds only these kinds, or {@code apiVersion/Kind}
     * @param names only objects of these names, each of which must have been saved
     * @param selector only those a label selector matches, by the labels they were saved with
     */
    public record With(String from, List<String> kinds, List<String> names, String selector) {
        public With {
            if (from == null || from.isBlank()) {
                throw new IllegalArgumentException(
                        "expected 'from', what kubernetes.save-objects was given as 'into', which is missing");
            }
            kinds = kinds == null ? List.of() : List.copyOf(kinds);
            names = names == null ? List.of() : List.copyOf(names);
            if (selector != null) {
                new LabelSelector(selector);
            }
        }

        boolean wants(ObjectNode object) {
            String kind = Manifest.kind(object);
            return (kinds.isEmpty()
                            || kinds.contains(kind)
                            || kinds.contains(object.path("apiVersion").asText() + "/" + kind))
                    && (names.isEmpty() || names.contains(Manifest.name(object)))
                    && (selector == null || new LabelSelector(selector).test(object));
        }
    }

    public RestoreObjectsAction() {
        super("kubernetes.restore-objects", With.class);
    }

    @Override
    Outcome act(With with, StepContext context, FencedObjects objects) {
        SavedManifests saved = new SavedManifests(with.from(), context, objects);
        List<ObjectNode> wanted = saved.read().stream().filter(with::wants).toList();
        requireAll(with, wanted, saved.name());
        refuseImmutable(wanted, objects);
        if (!objects.isPreview()) {
            rehearse(wanted, context);
        }
        double done = 0;
        for (ObjectNode object : wanted) {
            context.progress(done++ / wanted.size(), "restoring " + Manifest.title(object));
            restore(object, objects);
        }
        ObjectNode details = JsonNodeFactory.instance.objectNode().put("secret", saved.name());
        return objects.report().outcome("restored", details);
    }

    private static void requireAll(With with, List<ObjectNode> wanted, String secret) {
        List<String> there = wanted.stream().map(Manifest::name).toList();
        List<String> missing =
                with.names().stream().filter(name -> !there.contains(name)).toList();
        if (!missing.isEmpty() || wanted.isEmpty()) {
            throw ActionException.permanent(
                    "object-not-found",
                    "expected " + (missing.isEmpty() ? "at least one such object" : "objects called " + missing)
                            + " among those saved in Secret " + secret + ", and there is none; nothing was changed");
        }
    }

    private static void refuseImmutable(List<ObjectNode> wanted, FencedObjects objects) {
        List<String> differing = wanted.stream()
                .flatMap(object ->
                        now(object, objects).stream().flatMap(now -> Immutable.differences(object, now).stream()))
                .toList();
        if (!differing.isEmpty()) {
            throw ActionException.permanent(
                    "immutable-field",
                    "expected only fields to differ that can be changed, came " + String.join(", ", differing)
                            + "; delete these objects and try again, so that they are made anew; nothing was changed");
        }
    }

    /** As a dry run, so that what the API server refuses is known before the first object is changed. */
    private static void rehearse(List<ObjectNode> wanted, StepContext context) {
        FencedObjects rehearsal = new FencedObjects(context, true);
        for (ObjectNode object : wanted) {
            try {
                restore(object, rehearsal);
            } catch (KubernetesClientException e) {
                if (e.getCode() != UNPROCESSABLE && e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
                    throw e;
                }
                throw ActionException.permanent(
                        "not-restorable",
                        "expected the API server to take " + Manifest.title(object) + " back, it answered "
                                + e.getCode() + ": "
                                + (e.getStatus() == null
                                        ? e.getMessage()
                                        : e.getStatus().getMessage())
                                + "; nothing was changed");
            }
        }
    }

    private static void restore(ObjectNode saved, FencedObjects objects) {
        Kind kind = kind(saved, objects);
        if (now(saved, objects).isPresent()) {
            objects.edit(kind, Manifest.name(saved), now -> Restored.put(now, saved));
        } else {
            objects.create(kind, Restored.anew(saved));
        }
    }

    private static Optional<ObjectNode> now(ObjectNode saved, FencedObjects objects) {
        return objects.get(kind(saved, objects), Manifest.name(saved));
    }

    private static Kind kind(ObjectNode saved, FencedObjects objects) {
        return objects.kind(Manifest.kind(saved), saved.path("apiVersion").asText());
    }
}
