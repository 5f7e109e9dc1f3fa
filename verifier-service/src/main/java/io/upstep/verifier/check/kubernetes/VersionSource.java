package io.upstep.verifier.check.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.cluster.Kind;
import io.upstep.verifier.cluster.KubeObject;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A place where an installation's version can be read.
 *
 * @param kind of the objects to look at
 * @param from what of them to read
 * @param key the label, the ConfigMap's key or the environment variable; for a label, app.kubernetes.io/version if not said
 * @param container only this container's image or environment; all if not said
 * @param image only images whose repository begins so; all if not said
 * @param pattern a regular expression of all that is read (of an image, the tag), whose one group is the version
 */
public record VersionSource(
        String kind,
        String apiVersion,
        String name,
        String selector,
        From from,
        String key,
        String container,
        String image,
        String pattern) {
    private static final String VERSION_LABEL = "app.kubernetes.io/version";

    /** What of an object to read. */
    public enum From {
        LABEL,
        IMAGE,
        CONFIGMAP,
        ENV
    }

    public VersionSource {
        new Target(kind, apiVersion, name, selector);
        if (from == null) {
            throw new IllegalArgumentException("expected 'from' to be label, image, configmap or env");
        }
        key = key == null && from == From.LABEL ? VERSION_LABEL : key;
        if (key == null && from != From.IMAGE) {
            throw new IllegalArgumentException("expected a 'key' to read");
        }
        if (from == From.CONFIGMAP && !kind.equals("ConfigMap")) {
            throw new IllegalArgumentException(
                    "expected the kind ConfigMap with 'from: configmap', came '" + kind + "'");
        }
        VersionPattern.require(pattern);
    }

    String subject() {
        return new Target(kind, apiVersion, name, selector).toString();
    }

    /** One reading or more of every object found; none if there are no objects, or no image is meant. */
    List<Reading> read(CheckContext context) {
        return new Target(kind, apiVersion, name, selector)
                .find(context).stream().flatMap(object -> read(object, context)).toList();
    }

    private Stream<Reading> read(KubeObject object, CheckContext context) {
        return switch (from) {
            case LABEL -> Stream.of(text(object + ", label " + key, object.label(key)));
            case CONFIGMAP ->
                Stream.of(text(
                        object + ", key " + key, object.at("/data").path(key).asText(null)));
            case IMAGE ->
                containers(object)
                        .filter(c -> image == null
                                || ImageRef.parse(image(c)).repository().startsWith(image))
                        .map(c -> tag(object + ", container " + c.path("name").asText(), image(c)));
            case ENV -> containers(object).flatMap(c -> environment(object, c, context));
        };
    }

    private Stream<Reading> environment(KubeObject object, JsonNode container, CheckContext context) {
        String where = object + ", container " + container.path("name").asText() + ", environment variable " + key;
        return StreamSupport.stream(container.path("env").spliterator(), false)
                .filter(variable -> variable.path("name").asText().equals(key))
                .map(variable -> text(where, value(variable, context)));
    }

    /** The value as written, or from the ConfigMap it refers to. What comes from a Secret is not read. */
    private static String value(JsonNode variable, CheckContext context) {
        JsonNode reference = variable.at("/valueFrom/configMapKeyRef");
        return reference.isMissingNode()
                ? variable.path("value").asText(null)
                : context.cluster()
                        .get(
                                Kind.builtIn("ConfigMap"),
                                context.namespace(),
                                reference.path("name").asText())
                        .map(map -> map.at("/data")
                                .path(reference.path("key").asText())
                                .asText(null))
                        .orElse(null);
    }

    private Stream<JsonNode> containers(KubeObject object) {
        String pointer =
                switch (object.kind()) {
                    case "Pod" -> "/spec/containers";
                    case "CronJob" -> "/spec/jobTemplate/spec/template/spec/containers";
                    default -> "/spec/template/spec/containers";
                };
        return object.each(pointer).stream()
                .filter(c -> container == null || c.path("name").asText().equals(container));
    }

    private static String image(JsonNode container) {
        return container.path("image").asText();
    }

    private Reading text(String where, String raw) {
        String version = VersionPattern.in(pattern, raw).orElse(null);
        return new Reading(where, raw, version, version);
    }

    private Reading tag(String where, String image) {
        String tag = ImageRef.parse(image).tag();
        if (pattern != null) {
            String version = VersionPattern.in(pattern, tag).orElse(null);
            return new Reading(where, image, version, version);
        }
        String plain = Versions.numericPrefix(tag).orElse(null);
        return new Reading(where, image, plain == null ? null : tag, plain);
    }
}
