package io.upstep.executor.action.helm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.kubernetes.FencedObjects;
import io.upstep.executor.action.kubernetes.Kinds;
import io.upstep.executor.action.kubernetes.Manifest;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A release's revisions in the installation's namespace, and the repair of one that was cut off. */
final class Releases {
    private static final int KEPT = 10;
    // Helm's own limit for one operation: whoever began later than that may still be at it.
    private static final Duration FOREIGN_WORK = Duration.ofMinutes(5);

    private final StepContext context;
    private final FencedObjects objects;
    private final String release;

    Releases(StepContext context, FencedObjects objects, String release) {
        this.context = context;
        this.objects = objects;
        this.release =
                release == null || release.isBlank() ? context.installation().release() : release;
    }

    String name() {
        return release;
    }

    /** From the oldest revision to the newest. */
    List<ReleaseRecord> all() {
        return objects.list(Kinds.SECRET, "owner=helm,name=" + release).stream()
                .map(ReleaseRecord::of)
                .sorted(Comparator.comparingInt(ReleaseRecord::revision))
                .toList();
    }

    Optional<ReleaseRecord> newest() {
        List<ReleaseRecord> all = all();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    Optional<ReleaseRecord> deployed() {
        List<ReleaseRecord> all =
                all().stream().filter(ReleaseRecord::isDeployed).toList();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** The revision whose objects are there, as far as Helm knows. */
    Optional<ReleaseRecord> live() {
        return deployed().or(() -> newest().filter(record -> !record.isUninstalled()));
    }

    ActionException notFound() {
        return ActionException.permanent(
                "release-not-found",
                "expected the Helm release " + release + " in namespace " + context.namespace()
                        + ", which Helm does not know there");
    }

    /** Clears away what a Helm process of Upstep left in the middle; who holds the installation knows it has ended. */
    Optional<String> recoverOurs() {
        refuseForeignWork();
        return newest().filter(ReleaseRecord::isAtWork).map(this::recovered);
    }

    /** @throws ActionException {@code release-pending} when Helm says that somebody is at work, and it is not Upstep */
    void refuseForeignWork() {
        newest().filter(ReleaseRecord::isAtWork)
                .filter(record -> record.plan() == null)
                .ifPresent(record -> {
                    throw ActionException.permanent(
                            "release-pending",
                            "expected nobody to be at work on the release " + release + ", but Helm says "
                                    + record.status() + " of revision " + record.revision()
                                    + "; if whoever began it has ended, let a step do helm.recover");
                });
    }

    /** @throws ActionException while somebody other than Upstep may still be at it */
    Optional<String> recover() {
        Optional<ReleaseRecord> newest = newest().filter(ReleaseRecord::isAtWork);
        newest.filter(record -> record.plan() == null).ifPresent(this::requireOld);
        return newest.map(this::recovered);
    }

    private void requireOld(ReleaseRecord record) {
        long age = context.clock().instant().getEpochSecond() - record.changed();
        if (age < FOREIGN_WORK.toSeconds()) {
            throw ActionException.passing(
                    "release-busy",
                    "somebody other than Upstep began " + record.status() + " of release " + release + " " + age
                            + " seconds ago and may still be at it; expected " + FOREIGN_WORK.toMinutes()
                            + " minutes without a change");
        }
    }

    private String recovered(ReleaseRecord record) {
        boolean alone = all().size() == 1;
        if (alone && record.status().equals("pending-install")) {
            objects.get(Kinds.SECRET, record.secret())
                    .ifPresent(secret -> objects.delete(Kinds.SECRET, secret, "Background"));
            return "removed the record of an installation that was cut off";
        }
        fail(record);
        return "revision " + record.revision() + " was " + record.status() + " and is failed now";
    }

    /** Tells Helm that a revision has failed: from there it takes an upgrade. */
    void fail(ReleaseRecord record) {
        ObjectNode content = record.content().deepCopy();
        Manifest.child(content, "info").put("status", "failed");
        rewrite(record, content);
    }

    /** Helm finds what is there by its records, and fails on those that name an API version which is served no more. */
    void lift() {
        ServedKinds served = new ServedKinds(objects);
        for (ReleaseRecord record : all()) {
            List<Documents.Document> lifted = served.lifted(record.manifest());
            if (!lifted.equals(Documents.of(record.manifest()))) {
                ObjectNode content = record.content().deepCopy();
                rewrite(record, content.put("manifest", Documents.manifest(lifted)));
            }
        }
    }

    private void rewrite(ReleaseRecord record, ObjectNode content) {
        objects.edit(Kinds.SECRET, record.secret(), secret -> {
            Manifest.child(secret, "data").put("release", ReleaseRecord.encoded(content));
            Manifest.child(Manifest.child(secret, "metadata"), "labels")
                    .put("status", content.at("/info/status").asText());
            return true;
        });
    }

    /** After an uninstallation: none of the revisions is deployed any more. */
    void forget(boolean keepHistory) {
        for (ReleaseRecord record : all()) {
            if (!keepHistory) {
                objects.get(Kinds.SECRET, record.secret())
                        .ifPresent(secret -> objects.delete(Kinds.SECRET, secret, "Background"));
            } else if (record.isDeployed()) {
                fail(record);
            }
        }
    }

    /** Helm would keep every revision for ever; the library does not let its limit be set. */
    void prune() {
        List<ReleaseRecord> all = all();
        all.subList(0, Math.max(0, all.size() - KEPT)).stream()
                .filter(record -> !record.isDeployed())
                .forEach(record -> objects.get(Kinds.SECRET, record.secret())
                        .ifPresent(secret -> objects.delete(Kinds.SECRET, secret, "Background")));
    }
}
