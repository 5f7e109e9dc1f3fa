package io.upstep.executor.action.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.executor.action.ActionException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Judges an object that is there although this step has not made it: whether that is harmless, and what becomes of it. */
final class AlreadyThere {
    /** Data hang on them, and most of them nobody can change. */
    private static final Set<String> NEVER_CHANGED =
            Set.of("StorageClass", "PersistentVolume", "PersistentVolumeClaim");

    private static final Set<String> BESIDE = Set.of("apiVersion", "kind", "metadata", "status");

    private final ApplyAction.Existing existing;
    private final Shared shared;
    private final FencedObjects objects;

    /** @param existing null where anything may be there */
    AlreadyThere(ApplyAction.Existing existing, String namespace, FencedObjects objects) {
        this.existing = existing;
        this.shared = new Shared(List.of(), namespace, objects);
        this.objects = objects;
    }

    /** @throws ActionException {@code already-exists} when it is none of those that may be there */
    boolean isToBeLeft(Kind kind, ObjectNode manifest) {
        if (existing == null) {
            return false;
        }
        Optional<ObjectNode> there = objects.get(kind, Manifest.name(manifest));
        if (there.isEmpty() || objects.wroteLast(there.get())) {
            return false;
        }
        ObjectNode now = there.get();
        if (!existing.allow().contains(kind.name())) {
            throw refused(now, "no " + kind.name() + " of this name may be there; find out whose it is, and remove it");
        }
        if (!labels(now).equals(labels(manifest))) {
            throw refused(now, "its labels are " + labels(now) + " and not " + labels(manifest));
        }
        if (kind.namespaced() || NEVER_CHANGED.contains(kind.name())) {
            return NEVER_CHANGED.contains(kind.name());
        }
        // What accounts of other namespaces have is not to be changed under their feet.
        if (shared.isNeededByOthers(now) && !isSame(now, manifest)) {
            throw refused(
                    now,
                    "accounts of other namespaces have it, and it differs; deploy with roles of the namespace's own"
                            + " (pachctl deploy --local-roles)");
        }
        return isSame(now, manifest);
    }

    private static boolean isSame(JsonNode now, ObjectNode manifest) {
        return manifest.properties().stream()
                .filter(field -> !BESIDE.contains(field.getKey()))
                .allMatch(field -> field.getValue().equals(now.path(field.getKey())));
    }

    private static JsonNode labels(JsonNode object) {
        return object.at("/metadata/labels");
    }

    private static ActionException refused(ObjectNode now, String why) {
        return ActionException.permanent(
                "already-exists",
                "expected no " + Manifest.title(now) + " that this plan has not made, and there is one: " + why
                        + "; nothing was changed");
    }
}
