package io.upstep.verifier.check.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.check.helm.HelmRelease;
import io.upstep.verifier.cluster.Kind;
import io.upstep.verifier.cluster.KubeObject;
import java.util.List;
import java.util.Optional;

/** Tells what Helm and the storage will do with a PersistentVolumeClaim when the release is uninstalled. */
final class ClaimSurvival {
    private static final String DELETED = "release-claim";
    private static final Kind CLAIM = Kind.builtIn("PersistentVolumeClaim");
    private static final Kind VOLUME = Kind.builtIn("PersistentVolume");

    private final String release;
    private final CheckContext context;
    private final Optional<HelmRelease> record;

    ClaimSurvival(String release, CheckContext context) {
        this.release = HelmRelease.named(release, context);
        this.context = context;
        this.record = HelmRelease.find(release, context);
    }

    Survival of(DataVolume volume, String where) {
        String name = volume.claim();
        String said = where + ", claim " + name;
        Optional<KubeObject> claim = context.cluster().get(CLAIM, context.namespace(), name);
        if (claim.isEmpty()) {
            return Survival.unknown(said + " is not there");
        }
        if (claim.get().isTerminating()) {
            return Survival.unknown(said + " is being deleted");
        }
        if (record.isEmpty()) {
            return isRetained(claim.get())
                    ? retained(said)
                    : Survival.unknown(said + ": Helm has no record of release " + release
                            + ", so nobody can tell whether it belongs to it");
        }
        return of(volume, claim.get(), record.get(), said);
    }

    private Survival of(DataVolume volume, KubeObject claim, HelmRelease stored, String said) {
        Optional<JsonNode> rendered = find(claim.name(), stored.objects());
        if (rendered.isPresent() && !stored.isUninstalled()) {
            return isKept(rendered.get())
                    ? new Survival("kept-claim", said + ", kept by the manifest of " + stored)
                    : deleted(claim, said + ", part of the manifest of " + stored + " without a policy to keep it");
        }
        // The next install deletes what a hook has made before it makes it anew.
        if (find(claim.name(), stored.hookObjects()).isPresent()) {
            return deleted(claim, said + ", made by a hook of " + stored);
        }
        JsonNode owner = claim.at("/metadata/ownerReferences/0");
        if (!owner.isMissingNode()) {
            String named =
                    owner.path("kind").asText() + " " + owner.path("name").asText();
            return deleted(claim, said + ", owned by " + named);
        }
        return switch (volume.maker()) {
            case JEALOUS_STATEFUL_SET -> deleted(claim, said + ", which the StatefulSet takes along");
            case STATEFUL_SET ->
                new Survival("stateful-claim", said + ", made by the StatefulSet, and Helm leaves it alone");
            case SOMEBODY -> new Survival("existing-claim", said + ", not part of " + stored);
        };
    }

    private Survival deleted(KubeObject claim, String said) {
        return isRetained(claim) ? retained(said) : new Survival(DELETED, said);
    }

    private static Survival retained(String said) {
        return new Survival("retained-volume", said + "; its PersistentVolume is retained");
    }

    private boolean isRetained(KubeObject claim) {
        String volume = claim.at("/spec/volumeName").asText("");
        return !volume.isEmpty()
                && context.cluster()
                        .get(VOLUME, context.namespace(), volume)
                        .filter(found -> "Retain".equals(found.text("/spec/persistentVolumeReclaimPolicy")))
                        .isPresent();
    }

    private Optional<JsonNode> find(String claim, List<JsonNode> objects) {
        return objects.stream()
                .filter(object -> object.path("kind").asText().equals("PersistentVolumeClaim"))
                .filter(object -> object.at("/metadata/name").asText().equals(claim))
                .filter(object -> object.at("/metadata/namespace")
                        .asText(context.namespace())
                        .equals(context.namespace()))
                .findFirst();
    }

    /** As Helm reads it. */
    private static boolean isKept(JsonNode rendered) {
        return rendered.at("/metadata/annotations/helm.sh~1resource-policy")
                .asText()
                .strip()
                .equalsIgnoreCase("keep");
    }
}
