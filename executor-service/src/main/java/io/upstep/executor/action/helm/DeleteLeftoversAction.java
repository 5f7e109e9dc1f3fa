package io.upstep.executor.action.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.upstep.event.Outcome;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.kubernetes.FencedObjects;
import io.upstep.executor.action.kubernetes.Kind;
import io.upstep.executor.action.kubernetes.Manifest;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * {@code kubernetes.delete-leftovers}: finds what a teardown has left, shows all of it, and deletes what an allow-list names
 * and nobody needs.
 */
@ApplicationScoped
public class DeleteLeftoversAction extends HelmAction<DeleteLeftoversAction.With> {
    private static final List<String> OF_WHICH_RELEASE = List.of(
            "/metadata/annotations/meta.helm.sh~1release-name",
            "/metadata/labels/app.kubernetes.io~1instance",
            "/metadata/labels/release");
    private static final String RELEASE_NAMESPACE = "/metadata/annotations/meta.helm.sh~1release-namespace";

    /**
     * @param kinds where to look
     * @param selectors labels by which leftovers are known
     * @param namePrefixes beginnings of names by which they are known
     * @param allow patterns of names that may be deleted; each must match the whole name
     * @param keep names or patterns of names that may not
     * @param keepNamedIn values in which names of objects stand that the user made and the chart only uses
     */
    public record With(
            List<String> kinds,
            List<String> selectors,
            List<String> namePrefixes,
            List<String> allow,
            List<String> keep,
            ValuesRef keepNamedIn) {
        public With {
            kinds = kinds == null ? List.of() : List.copyOf(kinds);
            // A parameter of a plan that was not given comes as an empty text, which would find everything there is.
            selectors = filled(selectors);
            namePrefixes = filled(namePrefixes);
            allow = allow == null ? List.of() : List.copyOf(allow);
            keep = keep == null ? List.of() : List.copyOf(keep);
            if (kinds.isEmpty() || allow.isEmpty() || selectors.isEmpty() && namePrefixes.isEmpty()) {
                throw new IllegalArgumentException(
                        "expected 'kinds', 'allow', and 'selectors' or 'namePrefixes', each with at least one entry");
            }
            allow.forEach(With::compiled);
            keep.forEach(With::compiled);
        }

        private static List<String> filled(List<String> texts) {
            return texts == null
                    ? List.of()
                    : texts.stream().filter(text -> !text.isBlank()).toList();
        }

        private static void compiled(String pattern) {
            try {
                Pattern.compile(pattern);
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException(
                        "expected a pattern of names, came '" + pattern + "': " + e.getMessage());
            }
        }
    }

    @Override
    public String name() {
        return "kubernetes.delete-leftovers";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    Outcome act(With with, StepContext context, FencedObjects objects) {
        Set<String> named = NamedInValues.of(with.keepNamedIn(), context, objects);
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        int found = 0;
        for (String text : with.kinds()) {
            Optional<Kind> kind = kind(text, objects);
            for (ObjectNode object :
                    kind.map(known -> found(known, with, objects)).orElse(List.of())) {
                found++;
                String title = Manifest.kind(object) + "/" + Manifest.name(object);
                Optional<String> why = keptBecause(object, with, named, context);
                if (why.isPresent()) {
                    details.withObject("/kept").put(title, why.get());
                } else {
                    objects.delete(kind.get(), object, "Background");
                    details.withArray("deleted").add(title);
                }
            }
        }
        details.put("found", found);
        return objects.report().outcome("deleted", details);
    }

    /** Empty for a kind that the server does not serve: it has left nothing. */
    private static Optional<Kind> kind(String text, FencedObjects objects) {
        int slash = text.lastIndexOf('/');
        try {
            return Optional.of(objects.kind(text.substring(slash + 1), slash < 0 ? null : text.substring(0, slash)));
        } catch (ActionException e) {
            if (slash < 0) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private static List<ObjectNode> found(Kind kind, With with, FencedObjects objects) {
        Map<String, ObjectNode> found = new TreeMap<>();
        try {
            with.selectors().forEach(selector -> objects.list(kind, selector)
                    .forEach(object -> found.put(Manifest.name(object), object)));
            if (!with.namePrefixes().isEmpty()) {
                objects.list(kind, null).stream()
                        .filter(object -> with.namePrefixes().stream().anyMatch(Manifest.name(object)::startsWith))
                        .forEach(object -> found.put(Manifest.name(object), object));
            }
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
            // As above.
        }
        return new ArrayList<>(found.values());
    }

    private static Optional<String> keptBecause(ObjectNode object, With with, Set<String> named, StepContext context) {
        String name = Manifest.name(object);
        if (isOurs(object)) {
            return Optional.of("is Upstep's own");
        }
        if (Manifest.kind(object).equals("Secret")
                && object.path("type").asText().startsWith("helm.sh/")) {
            return Optional.of("is Helm's record of a release");
        }
        if (named.contains(name)) {
            return Optional.of("is named in the values: the user made it");
        }
        if (with.keep().stream().anyMatch(kept -> kept.equals(name) || name.matches(kept))) {
            return Optional.of("is to be kept");
        }
        Optional<String> other = release(object)
                .filter(release -> !release.equals(context.installation().release()))
                .or(() -> elsewhere(object, context));
        if (other.isPresent()) {
            return Optional.of("belongs to release " + other.get());
        }
        return with.allow().stream().anyMatch(name::matches)
                ? Optional.empty()
                : Optional.of("is not on the allow-list");
    }

    private static boolean isOurs(JsonNode object) {
        return object.path("type").asText().startsWith("upstep.io/")
                || Manifest.kind(object).equals("Lease")
                || Manifest.name(object).startsWith("upstep-")
                || "upstep"
                        .equals(object.at("/metadata/labels/app.kubernetes.io~1managed-by")
                                .asText());
    }

    /** What belongs to no namespace may be of a release that is called the same in another one. */
    private static Optional<String> elsewhere(ObjectNode object, StepContext context) {
        String namespace = object.at(RELEASE_NAMESPACE).asText();
        return namespace.isBlank() || namespace.equals(context.namespace())
                ? Optional.empty()
                : Optional.of(context.installation().release() + " in namespace " + namespace);
    }

    private static Optional<String> release(ObjectNode object) {
        return OF_WHICH_RELEASE.stream()
                .map(pointer -> object.at(pointer).asText())
                .filter(release -> !release.isBlank())
                .findFirst();
    }
}
