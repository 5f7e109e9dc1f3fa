package io.upstep.simulator.api;

import static io.upstep.simulator.store.Fields.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.patch.ManagedFields;
import io.upstep.simulator.rules.Defaults;
import io.upstep.simulator.rules.Immutable;
import io.upstep.simulator.rules.Nulls;
import io.upstep.simulator.rules.Problem;
import io.upstep.simulator.rules.Refusal;
import io.upstep.simulator.rules.Timestamps;
import io.upstep.simulator.store.Key;
import io.upstep.simulator.store.Meta;
import io.upstep.simulator.store.ObjectStore;
import io.upstep.simulator.store.ResourceType;
import java.util.List;
import java.util.Optional;

/** Creates and updates objects: checks, fills in, counts versions, and hands on what is to be stored. */
final class Writer {
    private static final List<String> OWN_METADATA = List.of(
            "uid", "creationTimestamp", "generation", "deletionTimestamp", "deletionGracePeriodSeconds", "namespace");

    private final ObjectStore store;
    private final Timestamps timestamps;
    private final Commit commit;
    private final Interference interference;

    Writer(ObjectStore store, Timestamps timestamps, Commit commit, Interference interference) {
        this.store = store;
        this.timestamps = timestamps;
        this.commit = commit;
        this.interference = interference;
    }

    ObjectNode create(ResourceType type, String namespace, ObjectNode body, WriteOptions options) {
        ObjectNode next = body.deepCopy();
        Identity.check(type, namespace, "", next);
        return store.atomically(() -> {
            ManagedFields managers = ManagedFields.of(next.objectNode());
            managers.updated(options.manager(), next.objectNode(), next, type.apiVersion(), timestamps.now());
            return add(type, next, managers, options);
        });
    }

    /** Stores a new object whose fields' managers are known. */
    ObjectNode add(ResourceType type, ObjectNode next, ManagedFields managers, WriteOptions options) {
        Key key = type.key(Meta.namespace(next), Meta.name(next));
        requireNamespace(type, key);
        if (store.get(key).isPresent()) {
            throw Refusal.alreadyExists(type, key.name());
        }
        if (type.status()) {
            next.remove("status");
        }
        Nulls.strip(next);
        Defaults.apply(type, next);
        check(type, next, Checks.of(type, next));
        timestamps.stamp(type, next);
        JobSelector.apply(type, next);
        managers.writeTo(next);
        return commit.create(type, next, options);
    }

    /** Replaces what is wanted of an object, or its status, by what the body says. */
    ObjectNode update(ResourceType type, ObjectNode before, ObjectNode body, boolean status, WriteOptions options) {
        ObjectNode next = keep(type, before, body, status);
        ManagedFields managers = ManagedFields.of(before);
        managers.updated(options.manager(), before, next, type.apiVersion(), timestamps.now());
        return replace(type, before, next, managers, options);
    }

    /** Stores the next state of an object whose fields' managers are known. */
    ObjectNode replace(
            ResourceType type, ObjectNode before, ObjectNode next, ManagedFields managers, WriteOptions options) {
        if (interference.comesBetween()) {
            throw Refusal.stale(type, Meta.name(before));
        }
        preconditions(type, before, next);
        OWN_METADATA.forEach(f ->
                Meta.of(next).set(f, Optional.ofNullable(Meta.of(before).get(f)).orElse(next.nullNode())));
        OWN_METADATA.stream().filter(f -> Meta.of(next).path(f).isNull()).forEach(Meta.of(next)::remove);
        Nulls.strip(next);
        Defaults.apply(type, next);
        List<Problem> problems = Checks.of(type, next);
        problems.addAll(Immutable.violated(type, before, next));
        check(type, next, problems);
        managers.writeTo(next);
        return commit.update(type, before, next, options);
    }

    /** The status is written on its own, and all else without it. */
    static ObjectNode keep(ResourceType type, ObjectNode before, ObjectNode body, boolean status) {
        ObjectNode next = status ? before.deepCopy() : body.deepCopy();
        ObjectNode seen = status ? body : before;
        if (status || type.status()) {
            if (seen.has("status")) {
                next.set("status", seen.get("status").deepCopy());
            } else {
                next.remove("status");
            }
        }
        if (status) {
            Optional.ofNullable(Meta.of(body).get("resourceVersion"))
                    .ifPresent(v -> Meta.of(next).set("resourceVersion", v));
        }
        next.put("apiVersion", text(before, "apiVersion")).put("kind", text(before, "kind"));
        return next;
    }

    private static void check(ResourceType type, ObjectNode object, List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw Refusal.invalid(type, Meta.name(object), problems);
        }
    }

    private static void preconditions(ResourceType type, ObjectNode before, ObjectNode next) {
        String version = Meta.version(next);
        if (!version.isEmpty() && !version.equals(Meta.version(before))) {
            throw Refusal.stale(type, Meta.name(before));
        }
        String uid = Meta.uid(next);
        if (!uid.isEmpty() && !uid.equals(Meta.uid(before))) {
            throw Refusal.conflict(
                    type,
                    Meta.name(before),
                    "Precondition failed: UID in precondition: " + uid + ", UID in object meta: " + Meta.uid(before));
        }
    }

    private void requireNamespace(ResourceType type, Key key) {
        if (!type.namespaced()) {
            return;
        }
        ObjectNode namespace = store.get(new Key("namespaces", "", key.namespace()))
                .orElseThrow(() -> Refusal.noNamespace(key.namespace()));
        if (Meta.isBeingDeleted(namespace)) {
            throw Refusal.forbidden(
                    type,
                    key.name(),
                    "unable to create new content in namespace " + key.namespace() + " because it is being terminated");
        }
    }
}
