package io.upstep.executor.action.pachyderm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Outcome;
import io.upstep.executor.ExecutorConfig;
import io.upstep.executor.action.Action;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.kubernetes.FencedObjects;
import io.upstep.executor.action.kubernetes.Kinds;
import io.upstep.executor.action.kubernetes.ManifestSource;
import io.upstep.executor.action.kubernetes.ManifestText;
import io.upstep.executor.action.kubernetes.SavedObjects;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code pachyderm.render}: has the pachctl of a version print what it would deploy with the arguments that were used before, makes
 * sure that data stay where they are, and keeps it in Secrets, because the storage's credentials are in it.
 */
@ApplicationScoped
public class RenderAction implements Action<RenderAction.With> {
    private static final String SUITE = "suite=pachyderm";

    private final ExecutorConfig config;

    /**
     * @param arguments a Secret with the words after {@code pachctl deploy}; or
     * @param manifest a Secret with what the pachctl of that version has printed
     * @param version of pachctl, and so of pachd
     * @param into how the Secrets' names begin
     * @param compare whether it must keep its data where what runs has them; yes, if not said
     * @param nodePorts whether Services keep the ports on the nodes that pachctl gives them; yes, if not said
     */
    public record With(
            SecretRef arguments, SecretRef manifest, String version, String into, Boolean compare, Boolean nodePorts) {
        public With {
            if ((arguments == null) == (manifest == null)) {
                throw new IllegalArgumentException(
                        "expected either 'arguments' or 'manifest', came " + (arguments == null ? "neither" : "both"));
            }
            if (version == null || version.isBlank()) {
                throw new IllegalArgumentException("expected 'version', which is missing");
            }
            if (into == null || !into.matches("[a-z0-9]([-a-z0-9.]{0,200}[a-z0-9])?")) {
                throw new IllegalArgumentException(
                        "expected 'into' to be the beginning of a Secret's name, came '" + into + "'");
            }
            compare = compare == null || compare;
            nodePorts = nodePorts == null || nodePorts;
        }
    }

    /**
     * Where something is that nobody may read in a plan.
     *
     * @param key arguments, or manifest, if not said
     */
    public record SecretRef(String secret, String key) {
        public SecretRef {
            if (secret == null || secret.isBlank()) {
                throw new IllegalArgumentException("expected the name of a 'secret', which is missing");
            }
        }
    }

    public RenderAction(ExecutorConfig config) {
        this.config = config;
    }

    @Override
    public String name() {
        return "pachyderm.render";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public Outcome run(With with, StepContext context) {
        FencedObjects objects = new FencedObjects(context, false);
        SavedObjects saved = new SavedObjects(ManifestSource.RENDERED, with.into(), context, objects);
        if (saved.isComplete()) {
            return Outcome.Succeeded.of("rendered already into Secret " + saved.name());
        }
        List<ObjectNode> manifests = checked(with, context, objects);
        saved.write(manifests);
        return outcome("rendered into Secret " + saved.name() + ": ", manifests);
    }

    private List<ObjectNode> checked(With with, StepContext context, FencedObjects objects) {
        List<ObjectNode> manifests = with.arguments() == null ? given(with, objects) : printed(with, context, objects);
        manifests.forEach(Lifting::lift);
        manifests.forEach(manifest -> Lifting.bindHere(manifest, context.namespace()));
        if (!with.nodePorts()) {
            manifests.forEach(Lifting::dropNodePorts);
        }
        requireVersion(manifests, with.version());
        if (with.compare()) {
            new SameDeployment(objects, SUITE).require(manifests);
        }
        return manifests;
    }

    private static List<ObjectNode> given(With with, FencedObjects objects) {
        String key =
                with.manifest().key() == null ? "manifest" : with.manifest().key();
        String text = data(with.manifest().secret(), key, objects).get(key);
        return ManifestText.read(
                text, "key " + key + " of Secret " + with.manifest().secret());
    }

    private List<ObjectNode> printed(With with, StepContext context, FencedObjects objects) {
        String secret = with.arguments().secret();
        String key =
                with.arguments().key() == null ? "arguments" : with.arguments().key();
        Map<String, String> data = data(secret, key, objects);
        Arguments arguments = Arguments.read(data.get(key), data, secret);
        Pachctl pachctl = new Pachctl(Path.of(config.pachctlDir()), with.version(), context);
        context.progress(null, "asking pachctl " + with.version() + " what it would deploy");
        pachctl.requireVersion();
        List<ObjectNode> manifests = ManifestText.read(
                pachctl.manifests(arguments.words(), context.namespace()),
                "what pachctl " + with.version() + " printed");
        manifests.forEach(arguments::fill);
        return manifests;
    }

    private static Map<String, String> data(String secret, String key, FencedObjects objects) {
        JsonNode found = objects.get(Kinds.SECRET, secret)
                .map(object -> object.path("data"))
                .filter(data -> data.path(key).isTextual())
                .orElseThrow(() -> ActionException.permanent(
                        "secret-not-found",
                        "expected Secret " + secret + " with a key " + key + ", which is not there"));
        Map<String, String> data = new TreeMap<>();
        found.properties()
                .forEach(entry -> data.put(
                        entry.getKey(),
                        new String(Base64.getDecoder().decode(entry.getValue().asText()), StandardCharsets.UTF_8)));
        return data;
    }

    /** By the one container that has Pachyderm's version for its tag: etcd and the dashboard have versions of their own. */
    private static void requireVersion(List<ObjectNode> manifests, String version) {
        List<String> images = manifests.stream()
                .filter(manifest -> manifest.path("kind").asText().equals("Deployment"))
                .flatMap(manifest -> java.util.stream.StreamSupport.stream(
                        manifest.at("/spec/template/spec/containers").spliterator(), false))
                .filter(container -> container.path("name").asText().equals("pachd"))
                .map(container -> container.path("image").asText())
                .toList();
        if (images.isEmpty() || !images.stream().allMatch(image -> image.endsWith(":" + version))) {
            throw ActionException.permanent(
                    "rendered-other-version",
                    "expected the manifest of pachd " + version + ", came one with the images " + images);
        }
    }

    private static Outcome outcome(String how, List<ObjectNode> manifests) {
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        List<String> titles = manifests.stream()
                .map(manifest -> manifest.path("kind").asText() + " "
                        + manifest.at("/metadata/name").asText())
                .toList();
        titles.forEach(details.putArray("objects")::add);
        return new Outcome.Succeeded(how + titles.size() + " objects", details);
    }

    @Override
    public Outcome preview(With with, StepContext context) {
        return outcome("would render ", checked(with, context, new FencedObjects(context, true)));
    }
}
