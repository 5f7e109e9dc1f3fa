package io.upstep.simulator.controller;

import static io.upstep.simulator.store.Fields.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.rules.Deletion;
import io.upstep.simulator.rules.Propagation;
import io.upstep.simulator.store.Change;
import io.upstep.simulator.store.Key;
import io.upstep.simulator.store.Meta;
import io.upstep.simulator.store.ObjectStore;
import io.upstep.simulator.store.ResourceTypes;
import java.util.List;

/** Deletes what nobody owns any more, and lets go of owners that waited for it. */
final class GarbageCollector {
    private final ObjectStore store;
    private final Deletion deletion;
    private final Timeline timeline;
    private final ResourceTypes types;

    GarbageCollector(World world, ResourceTypes types) {
        this.store = world.store();
        this.deletion = world.deletion();
        this.timeline = world.timeline();
        this.types = types;
    }

    /** Does what was left undone when the process ended. */
    void lookAtAll() {
        store.keys().forEach(key -> store.get(key).ifPresent(object -> {
            if (!Meta.owners(object).isEmpty()) {
                timeline.soon(() -> checkOwners(key));
            }
            if (Deletion.isForeground(object)) {
                timeline.soon(() -> deleteInForeground(key, Meta.uid(object)));
            }
        }));
    }

    void changed(Change change) {
        if (change.type() == Change.Type.DELETED) {
            timeline.soon(() -> ownerIsGone(Meta.uid(change.object())));
            if (change.key().resource().equals("customresourcedefinitions.apiextensions.k8s.io")) {
                // It is named by the resource it defines, whose objects go with it.
                store.list(change.key().name(), "")
                        .forEach(o -> store.remove(new Key(change.key().name(), Meta.namespace(o), Meta.name(o))));
            }
            owners(change.object()).forEach(k -> timeline.soon(() -> deletion.finishForeground(k)));
        } else if (change.type() == Change.Type.MODIFIED && Deletion.isForeground(change.object())) {
            timeline.soon(() -> deleteInForeground(change.key(), Meta.uid(change.object())));
        } else if (change.type() == Change.Type.ADDED
                && !Meta.owners(change.object()).isEmpty()) {
            timeline.soon(() -> checkOwners(change.key()));
        }
    }

    private void ownerIsGone(String uid) {
        deletion.dependents(uid).forEach(this::checkOwners);
    }

    private void checkOwners(Key key) {
        store.atomically(() -> {
            store.get(key)
                    .filter(o -> !Meta.owners(o).isEmpty() && !Meta.isBeingDeleted(o))
                    .filter(o -> Meta.owners(o).stream().noneMatch(owner -> exists(o, owner)))
                    .ifPresent(o -> deletion.delete(key, Propagation.BACKGROUND, 30));
            return null;
        });
    }

    private void deleteInForeground(Key key, String uid) {
        store.atomically(() -> {
            deletion.dependents(uid).stream()
                    .filter(k ->
                            store.get(k).filter(o -> !Meta.isBeingDeleted(o)).isPresent())
                    .forEach(k -> deletion.delete(k, Propagation.FOREGROUND, 30));
            return null;
        });
        deletion.finishForeground(key);
    }

    private List<Key> owners(ObjectNode object) {
        return Meta.owners(object).stream()
                .flatMap(o -> types.ofKind(text(o, "apiVersion"), text(o, "kind")).stream()
                        .map(t -> t.key(Meta.namespace(object), text(o, "name"))))
                .toList();
    }

    private boolean exists(ObjectNode object, ObjectNode owner) {
        return types.ofKind(text(owner, "apiVersion"), text(owner, "kind"))
                .flatMap(t -> store.get(t.key(Meta.namespace(object), text(owner, "name"))))
                .filter(found -> Meta.uid(found).equals(text(owner, "uid")))
                .isPresent();
    }
}
