package io.upstep.executor.action.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.Waiting;
import io.upstep.executor.action.kubernetes.FencedObjects;
import io.upstep.executor.action.kubernetes.Kind;
import io.upstep.executor.action.kubernetes.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Finds out before anything is changed what the API server will not take: fields nobody can change, kinds it does not serve. */
final class Rehearsal {
    private static final int UNPROCESSABLE = 422;
    private static final String QUOTING = "Invalid value: ";
    private static final Pattern PLAIN = Pattern.compile("[a-z][a-zA-Z0-9 ,'`.-]*");
    private static final Set<String> KINDS =
            Set.of("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "RoleBinding", "ClusterRoleBinding");

    private final StepContext context;
    private final FencedObjects dryRun;
    private final ServedKinds served;

    Rehearsal(StepContext context) {
        this.context = context;
        this.dryRun = new FencedObjects(context, true);
        this.served = new ServedKinds(dryRun);
    }

    /** An object that is there and cannot become what it is to be. */
    record Obstacle(ObjectNode now, Kind kind, String reason) {}

    /** @throws ActionException {@code unserved-api} naming the objects and what can be done */
    void requireServed(List<Documents.Document> documents, Set<String> defined) {
        Set<String> unserved = new TreeSet<>();
        for (Documents.Document document : documents) {
            if (!defined.contains(Manifest.kind(document.object()))
                    && served.of(document.object()).isEmpty()) {
                unserved.add(document.title() + " ("
                        + document.object().path("apiVersion").asText() + ")");
            }
        }
        if (!unserved.isEmpty()) {
            throw ActionException.permanent(
                    "unserved-api",
                    "expected only kinds that the API server serves, came " + String.join(", ", unserved)
                            + "; take a chart for this version of Kubernetes, or pull it with modernize: true;"
                            + " nothing was changed");
        }
    }

    /** What stands in the way of these objects: each is written over as a dry run, and the API server judges. */
    List<Obstacle> obstacles(List<Documents.Document> documents) {
        List<Obstacle> found = new ArrayList<>();
        for (Documents.Document document : documents) {
            if (KINDS.contains(Manifest.kind(document.object()))) {
                served.of(document.object())
                        .flatMap(kind -> obstacle(kind, document.object()))
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    private Optional<Obstacle> obstacle(Kind kind, ObjectNode wanted) {
        Optional<ObjectNode> now = dryRun.get(kind, Manifest.name(wanted));
        if (now.isEmpty()) {
            return Optional.empty();
        }
        try {
            dryRun.edit(kind, Manifest.name(wanted), object -> overwritten(object, wanted));
            return Optional.empty();
        } catch (KubernetesClientException e) {
            if (e.getCode() != UNPROCESSABLE) {
                throw e;
            }
            return Optional.of(new Obstacle(now.get(), kind, reason(e)));
        }
    }

    /** Which fields and why, without the values: of a Job the API server quotes the whole template, secrets and all. */
    private static String reason(KubernetesClientException e) {
        boolean told = e.getStatus() != null && e.getStatus().getDetails() != null;
        List<String> causes = !told
                ? List.of()
                : e.getStatus().getDetails().getCauses().stream()
                        .map(cause -> cause.getField() + ": " + withoutValue(cause.getMessage()))
                        .toList();
        return causes.isEmpty() ? "the API server does not take what is to become of it" : String.join(", ", causes);
    }

    private static String withoutValue(String message) {
        String text = String.valueOf(message);
        String why = text.substring(text.lastIndexOf(": ") + 1).strip();
        return !text.startsWith(QUOTING) ? text : PLAIN.matcher(why).matches() ? why : "invalid value";
    }

    private static boolean overwritten(ObjectNode object, ObjectNode wanted) {
        JsonNode before = object.path("spec").deepCopy();
        for (String part : List.of("spec", "roleRef")) {
            if (wanted.has(part)) {
                object.set(part, wanted.get(part).deepCopy());
            }
        }
        if (Manifest.kind(object).equals("Job")) {
            keepWhatTheServerChose(Manifest.child(object, "spec"), before);
        }
        return true;
    }

    /** A Job's selector, and the labels it selects by, are made by the API server. */
    private static void keepWhatTheServerChose(ObjectNode spec, JsonNode before) {
        if (!spec.has("selector") && before.has("selector")) {
            spec.set("selector", before.get("selector"));
        }
        ObjectNode labels = Manifest.child(Manifest.child(Manifest.child(spec, "template"), "metadata"), "labels");
        before.at("/template/metadata/labels").properties().stream()
                .filter(label -> label.getKey().endsWith("controller-uid")
                        || label.getKey().endsWith("job-name"))
                .forEach(label -> labels.set(label.getKey(), label.getValue()));
    }

    /** @throws ActionException {@code immutable-field} naming every obstacle whose kind is not to be replaced */
    static void requireReplaceable(List<Obstacle> obstacles, List<String> replace) {
        List<String> refused = obstacles.stream()
                .filter(obstacle -> !replace.contains(obstacle.kind().name()))
                .map(obstacle -> Manifest.title(obstacle.now()) + ": " + obstacle.reason())
                .toList();
        if (!refused.isEmpty()) {
            throw ActionException.permanent(
                    "immutable-field",
                    "expected only fields to differ that can be changed, came " + String.join("; ", refused)
                            + "; let a step delete these objects first, or name their kinds as 'replace' so that they are"
                            + " made anew; nothing was changed");
        }
    }

    /** Deletes what stands in the way and waits until it is gone. */
    static Map<String, String> replace(List<Obstacle> obstacles, StepContext context, FencedObjects objects) {
        Map<String, String> replaced = new LinkedHashMap<>();
        for (Obstacle obstacle : obstacles) {
            if (!objects.isPreview()) {
                objects.delete(obstacle.kind(), obstacle.now(), "Background");
            }
            replaced.put(Manifest.title(obstacle.now()), obstacle.reason());
        }
        if (!objects.isPreview()) {
            Waiting.until(
                    context, null, () -> left(obstacles, objects), left -> ActionException.passing("timeout", left));
        }
        return replaced;
    }

    private static Optional<String> left(List<Obstacle> obstacles, FencedObjects objects) {
        List<String> left = obstacles.stream()
                .filter(obstacle -> objects.get(obstacle.kind(), Manifest.name(obstacle.now()))
                        .filter(now -> Manifest.uid(now).equals(Manifest.uid(obstacle.now())))
                        .isPresent())
                .map(obstacle -> Manifest.title(obstacle.now()))
                .toList();
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of("waiting for " + String.join(", ", left) + " to be gone");
    }
}
