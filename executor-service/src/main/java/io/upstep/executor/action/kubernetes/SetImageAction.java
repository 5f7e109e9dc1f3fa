package io.upstep.executor.action.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Outcome;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** {@code kubernetes.set-image}: sets the tag of containers' images and leaves everything else of them as it is. */
@ApplicationScoped
public class SetImageAction extends ObjectAction<SetImageAction.With> {

    /**
     * @param kind a kind that runs pods; Deployment if not said
     * @param containers only those of these names; all if not said
     * @param image only those whose repository starts so; all if not said
     * @param tag a tag, a digest ({@code sha256:...}), or both ({@code 1.2@sha256:...})
     */
    public record With(
            String kind,
            String apiVersion,
            String name,
            String selector,
            List<String> containers,
            String image,
            String tag) {
        public With {
            kind = kind == null ? "Deployment" : kind;
            new Target(kind, apiVersion, name, selector);
            containers = containers == null ? List.of() : List.copyOf(containers);
            if (tag == null || !tag.matches("[A-Za-z0-9_@][A-Za-z0-9_.:@+-]*")) {
                throw new IllegalArgumentException("expected 'tag' to be an image tag or digest, came '" + tag + "'");
            }
        }

        Target target() {
            return new Target(kind, apiVersion, name, selector);
        }
    }

    public SetImageAction() {
        super("kubernetes.set-image", With.class);
    }

    @Override
    Outcome act(With with, StepContext context, FencedObjects objects) {
        List<ObjectNode> found = objects.find(with.target()).stream()
                .filter(object -> matching(object, with) > 0)
                .toList();
        if (found.isEmpty()) {
            throw ActionException.permanent(
                    "image-matches-nothing",
                    "expected a container" + (with.containers().isEmpty() ? "" : " called one of " + with.containers())
                            + (with.image() == null ? "" : " with an image of " + with.image()) + " in " + with.target()
                            + ", and there is none");
        }
        Kind kind = objects.kind(with.target());
        double done = 0;
        for (ObjectNode object : found) {
            context.progress(done++ / found.size(), "setting the image of " + Manifest.title(object));
            objects.edit(kind, Manifest.name(object), o -> set(o, with));
        }
        return objects.report().outcome("set to " + with.tag());
    }

    private static long matching(ObjectNode object, With with) {
        return PodTemplate.containers(object).stream()
                .filter(container -> matches(container, with))
                .count();
    }

    private static boolean matches(ObjectNode container, With with) {
        boolean named = with.containers().isEmpty()
                || with.containers().contains(container.path("name").asText());
        return named
                && (with.image() == null
                        || ImageReference.parse(container.path("image").asText())
                                .isIn(with.image()));
    }

    private static boolean set(ObjectNode object, With with) {
        boolean changed = false;
        for (ObjectNode container : PodTemplate.containers(object)) {
            String before = container.path("image").asText();
            String after = ImageReference.parse(before).with(with.tag()).toString();
            if (matches(container, with) && !after.equals(before)) {
                container.put("image", after);
                changed = true;
            }
        }
        return changed;
    }
}
