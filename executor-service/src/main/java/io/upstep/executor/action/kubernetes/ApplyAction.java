package io.upstep.executor.action.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Outcome;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** {@code kubernetes.apply}: makes objects be as their manifests say, by server-side apply. */
@ApplicationScoped
public class ApplyAction extends ObjectAction<ApplyAction.With> {

    /**
     * @param manifests complete manifests; the namespace may be left out and is the installation's
     * @param from where manifests are that nobody may read in a plan; instead of {@code manifests}
     * @param existing what may be there already without having been made by this step; anything if not said
     */
    public record With(List<ObjectNode> manifests, ManifestSource from, Existing existing) {
        public With {
            boolean given = manifests != null && !manifests.isEmpty();
            if (given == (from != null)) {
                throw new IllegalArgumentException("expected 'manifests' with at least one object, or 'from', came "
                        + (given ? "both" : "neither"));
            }
            manifests = given ? List.copyOf(manifests) : List.of();
            manifests.forEach(With::complete);
        }

        static void complete(ObjectNode manifest) {
            for (String pointer : List.of("/apiVersion", "/kind", "/metadata/name")) {
                if (!manifest.at(pointer).isTextual()) {
                    throw new IllegalArgumentException("expected a text at " + pointer + " in every manifest, came "
                            + Manifest.kind(manifest) + " with " + manifest.at(pointer));
                }
            }
        }
    }

    /** @param allow kinds whose objects may be there already, with the labels the manifests give them */
    public record Existing(List<String> allow) {
        public Existing {
            allow = allow == null ? List.of() : List.copyOf(allow);
        }
    }

    public ApplyAction() {
        super("kubernetes.apply", With.class);
    }

    @Override
    Outcome act(With with, StepContext context, FencedObjects objects) {
        with.manifests().forEach(PlainSecrets::refuse);
        List<ObjectNode> manifests =
                with.from() == null ? with.manifests() : with.from().read(context, objects);
        manifests.forEach(With::complete);
        AlreadyThere there = new AlreadyThere(with.existing(), context.namespace(), objects);
        // All of them before the first is written: what is refused must not have been half done.
        manifests.forEach(manifest -> there.isToBeLeft(kind(manifest, objects), manifest));
        double done = 0;
        for (ObjectNode manifest : manifests) {
            context.progress(done / manifests.size(), "applying " + Manifest.title(manifest));
            apply(manifest.deepCopy(), there, context, objects);
            done++;
        }
        return objects.report().outcome("applied");
    }

    private static void apply(ObjectNode manifest, AlreadyThere there, StepContext context, FencedObjects objects) {
        Kind kind = kind(manifest, objects);
        String namespace = manifest.at("/metadata/namespace").asText(context.namespace());
        if (kind.namespaced()) {
            if (!namespace.equals(context.namespace())) {
                throw ActionException.permanent(
                        "foreign-namespace",
                        "expected " + Manifest.title(manifest) + " in the installation's namespace "
                                + context.namespace() + ", came namespace " + namespace);
            }
            Manifest.child(manifest, "metadata").put("namespace", namespace);
        }
        if (there.isToBeLeft(kind, manifest)) {
            objects.report().unchanged(Manifest.title(manifest));
        } else {
            objects.apply(kind, manifest);
        }
    }

    private static Kind kind(ObjectNode manifest, FencedObjects objects) {
        return objects.kind(Manifest.kind(manifest), manifest.path("apiVersion").asText());
    }
}
