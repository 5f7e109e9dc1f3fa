package io.upstep.executor.action.helm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Outcome;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.kubernetes.FencedObjects;
import io.upstep.executor.action.kubernetes.Kind;
import io.upstep.executor.action.kubernetes.Manifest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes a release be at a chart with values, however far an earlier attempt of the step got. */
final class Rollout {
    private static final String RELEASE_NAME = "meta.helm.sh/release-name";
    private static final String RELEASE_NAMESPACE = "meta.helm.sh/release-namespace";

    private final HelmLibrary library;
    private final StepContext context;
    private final FencedObjects objects;
    private final Releases releases;

    Rollout(HelmLibrary library, StepContext context, FencedObjects objects, Releases releases) {
        this.library = library;
        this.context = context;
        this.objects = objects;
        this.releases = releases;
    }

    /**
     * @param chart digest as it was published; empty for one made of a saved manifest
     * @param install whether the release may be made anew
     */
    record Goal(
            Chart chart,
            ObjectNode values,
            boolean install,
            boolean hooks,
            boolean untilReady,
            Duration timeout,
            List<String> replace,
            boolean takeOwnership) {}

    Outcome run(Goal goal, String verb) {
        releases.recoverOurs().ifPresent(context::log);
        Note note = new Note(context, goal);
        // The newest: one after it, even if it failed, may have changed the objects.
        Optional<ReleaseRecord> deployed =
                releases.newest().filter(ReleaseRecord::isDeployed).filter(note::isOf);
        if (deployed.isPresent()) {
            new Orphans(context, objects, releases).removeBeside(deployed.get());
            ObjectNode details =
                    details(goal, Map.of()).put("revision", deployed.get().revision());
            return new Outcome.Succeeded(verb + " already: " + releases.name(), details.put("status", "deployed"));
        }
        Optional<ReleaseRecord> newest = releases.newest();
        requireThere(goal, newest);
        context.progress(
                0.1, "rendering " + goal.chart().name() + " " + goal.chart().version());
        Helm helm = new Helm(library, context, objects, releases.name());
        List<Documents.Document> documents = documents(helm, goal);
        List<Rehearsal.Obstacle> obstacles = rehearse(documents, goal);
        Map<String, String> replaced = Rehearsal.replace(obstacles, context, objects);
        if (goal.takeOwnership()) {
            takeOwnership(documents);
        }
        newest.filter(ReleaseRecord::isUninstalled).ifPresent(releases::fail);
        releases.lift();
        context.progress(0.4, verb + " " + releases.name());
        helm.upgrade(
                newest.isEmpty(),
                applied(goal, documents),
                goal.values(),
                note.text(),
                goal.untilReady(),
                goal.timeout());
        releases.deployed().ifPresent(new Orphans(context, objects, releases)::removeBeside);
        releases.prune();
        return outcome(goal, replaced, verb);
    }

    Outcome preview(Goal goal, String verb) {
        Optional<ReleaseRecord> newest = releases.newest();
        requireThere(goal, newest);
        Helm helm = new Helm(library, context, objects, releases.name());
        List<Documents.Document> documents = documents(helm, goal);
        Map<String, String> replaced = Rehearsal.replace(rehearse(documents, goal), context, objects);
        compare(documents);
        ObjectNode details = details(goal, replaced);
        details.put("install", releases.live().isEmpty());
        return objects.report().outcome(verb, details);
    }

    private void requireThere(Goal goal, Optional<ReleaseRecord> newest) {
        if (!goal.install() && newest.filter(record -> !record.isUninstalled()).isEmpty()) {
            throw releases.notFound();
        }
    }

    private List<Documents.Document> documents(Helm helm, Goal goal) {
        if (!goal.chart().modernize()) {
            return Documents.of(helm.rendered(goal.chart(), goal.values()));
        }
        String rendered = Disguise.off(helm.rendered(Disguise.on(goal.chart()), goal.values()));
        return Documents.of(rendered).stream().map(Rollout::modern).toList();
    }

    private static Documents.Document modern(Documents.Document document) {
        return Modernizer.lifted(document.object()).map(Documents.Document::of).orElse(document);
    }

    private List<Rehearsal.Obstacle> rehearse(List<Documents.Document> documents, Goal goal) {
        Rehearsal rehearsal = new Rehearsal(context);
        rehearsal.requireServed(documents, defined(documents, goal.chart()));
        List<Rehearsal.Obstacle> obstacles = rehearsal.obstacles(
                documents.stream().filter(document -> !document.isHook()).toList());
        Rehearsal.requireReplaceable(obstacles, goal.replace());
        return obstacles;
    }

    /** Kinds the chart itself defines: the API server serves them once they are there. */
    private static Set<String> defined(List<Documents.Document> documents, Chart chart) {
        List<Documents.Document> all = new ArrayList<>(documents);
        chart.files().forEach((name, content) -> {
            if (name.startsWith("crds/")) {
                all.addAll(Documents.of(new String(content, StandardCharsets.UTF_8)));
            }
        });
        return all.stream()
                .filter(document -> Manifest.kind(document.object()).equals("CustomResourceDefinition"))
                .map(document -> document.object().at("/spec/names/kind").asText())
                .collect(Collectors.toSet());
    }

    /** The chart itself, or what it renders to where some of that is not wanted or was changed. */
    private static Chart applied(Goal goal, List<Documents.Document> documents) {
        if (goal.hooks() && !goal.chart().modernize()) {
            return goal.chart();
        }
        return LiteralChart.of(
                goal.chart(),
                documents.stream()
                        .filter(document -> goal.hooks() || !document.isHook())
                        .map(Documents.Document::text)
                        .toList());
    }

    private void takeOwnership(List<Documents.Document> documents) {
        for (Documents.Document document : documents) {
            Kind kind = objects.kind(
                    Manifest.kind(document.object()),
                    document.object().path("apiVersion").asText());
            if (!document.isHook()
                    && objects.get(kind, Manifest.name(document.object())).isPresent()) {
                objects.edit(kind, Manifest.name(document.object()), this::owned);
            }
        }
    }

    private boolean owned(ObjectNode object) {
        ObjectNode before = object.deepCopy();
        ObjectNode metadata = Manifest.child(object, "metadata");
        Manifest.child(metadata, "annotations")
                .put(RELEASE_NAME, releases.name())
                .put(RELEASE_NAMESPACE, context.namespace());
        Manifest.child(metadata, "labels").put("app.kubernetes.io/managed-by", "Helm");
        return !object.equals(before);
    }

    /** What would differ from what Helm applied last. */
    private void compare(List<Documents.Document> documents) {
        Map<String, ObjectNode> before = new HashMap<>();
        releases.live().ifPresent(record -> Documents.of(record.manifest())
                .forEach(document -> before.put(document.title(), document.object())));
        for (Documents.Document document : documents) {
            if (!document.isHook()) {
                ObjectNode was = before.remove(document.title());
                if (document.object().equals(was)) {
                    objects.report().unchanged(document.title());
                } else {
                    objects.report().changed(document.title(), was, document.object());
                }
            }
        }
        before.forEach((title, was) -> objects.report().changed(title, was, null));
    }

    private ObjectNode details(Goal goal, Map<String, String> replaced) {
        ObjectNode details = JsonNodeFactory.instance
                .objectNode()
                .put("release", releases.name())
                .put("chart", goal.chart().name())
                .put("version", goal.chart().version());
        if (!goal.chart().digest().isEmpty()) {
            details.put("digest", goal.chart().digest());
        }
        if (!replaced.isEmpty()) {
            replaced.forEach(details.putObject("replaced")::put);
        }
        goal.chart().notes().forEach(details.withArray("notes")::add);
        return details;
    }

    private Outcome outcome(Goal goal, Map<String, String> replaced, String verb) {
        ReleaseRecord now = releases.newest().orElseThrow(releases::notFound);
        if (!now.isDeployed()) {
            throw ActionException.passing(
                    "helm-failed", "expected the release to be deployed, Helm says " + now.status());
        }
        ObjectNode details =
                details(goal, replaced).put("revision", now.revision()).put("status", now.status());
        return objects.report()
                .outcome(verb + " " + releases.name() + " to " + now.chartName() + " " + now.chartVersion(), details);
    }
}
