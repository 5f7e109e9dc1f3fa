package io.upstep.executor.action.helm;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.kubernetes.FencedObjects;
import io.upstep.executor.action.kubernetes.Manifest;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Objects of a release that Helm loses sight of: after a revision that failed it knows either that revision's objects or those
 * of the one before, and never both.
 */
final class Orphans {
    private static final String RELEASE_NAME = "meta.helm.sh/release-name";
    private static final String RELEASE_NAMESPACE = "meta.helm.sh/release-namespace";
    private static final String POLICY = "helm.sh/resource-policy";
    private static final Set<String> COMPLETE = Set.of("deployed", "superseded");

    private final StepContext context;
    private final FencedObjects objects;
    private final Releases releases;

    Orphans(StepContext context, FencedObjects objects, Releases releases) {
        this.context = context;
        this.objects = objects;
        this.releases = releases;
    }

    /** Deletes what revisions since the last complete one made, and the given one does not have. */
    void removeBeside(ReleaseRecord current) {
        List<ReleaseRecord> others = releases.all().stream()
                .filter(record -> record.revision() < current.revision())
                .toList();
        int since = others.stream()
                .filter(record -> COMPLETE.contains(record.status()))
                .mapToInt(ReleaseRecord::revision)
                .max()
                .orElse(0);
        // Of a release that is uninstalled nothing is to be there.
        Set<String> wanted = current.isUninstalled() ? Set.of() : titles(current);
        others.stream()
                .filter(record -> record.revision() >= since)
                .flatMap(record -> Documents.of(record.manifest()).stream())
                .filter(document -> !wanted.contains(document.title()))
                .forEach(this::remove);
    }

    private static Set<String> titles(ReleaseRecord record) {
        Set<String> titles = Documents.of(record.manifest()).stream()
                .map(Documents.Document::title)
                .collect(Collectors.toSet());
        record.hooks().forEach(hook -> Documents.of(hook).forEach(document -> titles.add(document.title())));
        return titles;
    }

    private void remove(Documents.Document document) {
        new ServedKinds(objects).of(document.object()).ifPresent(kind -> objects.get(
                        kind, Manifest.name(document.object()))
                .filter(this::isOfTheRelease)
                .filter(now -> !isKept(now) && !isKept(document.object()))
                .ifPresent(now -> objects.delete(kind, now, "Background")));
    }

    private boolean isOfTheRelease(JsonNode object) {
        // What belongs to no namespace may be of a release that is called the same in another one.
        return releases.name().equals(Manifest.annotation(object, RELEASE_NAME))
                && context.namespace().equals(Manifest.annotation(object, RELEASE_NAMESPACE));
    }

    private static boolean isKept(JsonNode object) {
        return "keep".equals(Manifest.annotation(object, POLICY));
    }
}
