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

    /** @param manifests complete manifests; the namespace may be left out and is the installation's */
    public record With(List<ObjectNode> manifests) {
        public With {
            if (manifests == null || manifests.isEmpty()) {
                throw new IllegalArgumentException("expected 'manifests' with at least one object");
            }
            manifests = List.copyOf(manifests);
            manifests.forEach(With::complete);
        }

        private static void complete(ObjectNode manifest) {
            for (String pointer : List.of("/apiVersion", "/kind", "/metadata/name")) {
                if (!manifest.at(pointer).isTextual()) {
                    throw new IllegalArgumentException("expected a text at " + pointer + " in every manifest, came "
                            + Manifest.kind(manifest) + " with " + manifest.at(pointer));
                }
            }
        }
    }

    public ApplyAction() {
        super("kubernetes.apply", With.class);
    }

    @Override
    Outcome act(With with, StepContext context, FencedObjects objects) {
        with.manifests().forEach(PlainSecrets::refuse);
        double done = 0;
        for (ObjectNode manifest : with.manifests()) {
            context.progress(done / with.manifests().size(), "applying " + Manifest.title(manifest));
            apply(manifest.deepCopy(), context, objects);
            done++;
        }
        return objects.report().outcome("applied");
    }

    private static void apply(ObjectNode manifest, StepContext context, FencedObjects objects) {
        Kind kind = objects.kind(
                Manifest.kind(manifest), manifest.path("apiVersion").asText());
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
        objects.apply(kind, manifest);
    }
}
