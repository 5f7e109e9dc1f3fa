package io.upstep.simulator.rules;

import static io.upstep.simulator.store.Fields.at;
import static io.upstep.simulator.store.Fields.list;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.store.Key;
import io.upstep.simulator.store.Meta;
import io.upstep.simulator.store.ObjectStore;
import java.util.ArrayList;
import java.util.List;

/** Deletes objects as the API server does: at once, or marked and left to whoever has to finish first. */
public final class Deletion {
    private static final String FOREGROUND = "foregroundDeletion";

    private final ObjectStore store;
    private final Timestamps timestamps;

    public Deletion(ObjectStore store, Timestamps timestamps) {
        this.store = store;
        this.timestamps = timestamps;
    }

    /** Deletes the object, or marks it; returns how it was last seen. */
    public ObjectNode delete(Key key, Propagation propagation, int graceSeconds) {
        return store.atomically(() -> {
            ObjectNode object = store.get(key).orElseThrow();
            if (propagation == Propagation.ORPHAN) {
                orphan(Meta.uid(object));
            }
            boolean foreground = propagation == Propagation.FOREGROUND && hasBlockingDependents(Meta.uid(object));
            if (foreground || isGraceful(key, object, graceSeconds) || hasFinalizers(object)) {
                return store.modify(key, o -> mark(o, foreground, graceSeconds)).orElseThrow();
            }
            return store.remove(key).orElseThrow();
        });
    }

    /** Removes a marked object that nothing holds back any more. */
    public void finish(Key key) {
        store.get(key)
                .filter(o -> Meta.isBeingDeleted(o) && !hasFinalizers(o) && !isNamespaceWithContent(key, o))
                .ifPresent(o -> store.remove(key));
    }

    /** Takes the finalizer of foreground deletion away once no dependent is left. */
    public void finishForeground(Key key) {
        store.atomically(() -> {
            ObjectNode object = store.get(key).orElse(null);
            if (object != null && isForeground(object) && !hasBlockingDependents(Meta.uid(object))) {
                store.modify(key, o -> without(o, FOREGROUND));
                finish(key);
            }
            return null;
        });
    }

    public static boolean isForeground(JsonNode object) {
        return Meta.isBeingDeleted(object) && finalizers(object).contains(FOREGROUND);
    }

    public static boolean hasFinalizers(JsonNode object) {
        return !finalizers(object).isEmpty();
    }

    /** The objects this one owns. */
    public List<Key> dependents(String uid) {
        return store.keys().stream()
                .filter(k -> store.get(k).filter(o -> Meta.isOwnedBy(o, uid)).isPresent())
                .toList();
    }

    private boolean hasBlockingDependents(String uid) {
        return !dependents(uid).isEmpty();
    }

    private void orphan(String uid) {
        dependents(uid)
                .forEach(k -> store.modify(k, o -> {
                    ArrayNode owners = list(Meta.of(o), "ownerReferences");
                    for (int i = owners.size() - 1; i >= 0; i--) {
                        if (owners.get(i).path("uid").asText().equals(uid)) {
                            owners.remove(i);
                        }
                    }
                    return o;
                }));
    }

    private ObjectNode mark(ObjectNode object, boolean foreground, int graceSeconds) {
        ObjectNode meta = Meta.of(object);
        if (!Meta.isBeingDeleted(object)) {
            meta.put("deletionTimestamp", timestamps.now());
            meta.put("deletionGracePeriodSeconds", Math.max(0, graceSeconds));
        }
        if (foreground && !finalizers(object).contains(FOREGROUND)) {
            list(meta, "finalizers").add(FOREGROUND);
        }
        if (Meta.kind(object).equals("Namespace")) {
            object.withObject("/status").put("phase", "Terminating");
        }
        return object;
    }

    private static boolean isGraceful(Key key, ObjectNode object, int graceSeconds) {
        boolean runningPod = key.resource().equals("pods")
                && graceSeconds != 0
                && !at(object, "spec", "nodeName").isMissingNode();
        return runningPod || isNamespaceWithContent(key, object);
    }

    private static boolean isNamespaceWithContent(Key key, ObjectNode object) {
        return key.resource().equals("namespaces")
                && !at(object, "spec", "finalizers").isEmpty();
    }

    private static List<String> finalizers(JsonNode object) {
        List<String> names = new ArrayList<>();
        at(object, "metadata", "finalizers").forEach(f -> names.add(f.asText()));
        return names;
    }

    private static ObjectNode without(ObjectNode object, String finalizer) {
        ArrayNode finalizers = list(Meta.of(object), "finalizers");
        for (int i = finalizers.size() - 1; i >= 0; i--) {
            if (finalizers.get(i).asText().equals(finalizer)) {
                finalizers.remove(i);
            }
        }
        if (finalizers.isEmpty()) {
            Meta.of(object).remove("finalizers");
        }
        return object;
    }
}
