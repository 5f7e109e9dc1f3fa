package io.upstep.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.rules.Deletion;
import io.upstep.simulator.rules.Propagation;
import io.upstep.simulator.store.Key;
import io.upstep.simulator.store.Meta;
import io.upstep.simulator.store.ObjectStore;
import io.upstep.simulator.store.ResourceType;

/** The last step of every write, all of it under the store's lock: admit it, store it unless it is a dry run, write it down. */
final class Commit {
    private final ObjectStore store;
    private final Deletion deletion;
    private final Admission admission;
    private final Bookkeeper books;

    Commit(ObjectStore store, Deletion deletion, Admission admission, Bookkeeper books) {
        this.store = store;
        this.deletion = deletion;
        this.admission = admission;
        this.books = books;
    }

    ObjectNode create(ResourceType type, ObjectNode next, WriteOptions options) {
        admission.create(type, next, options);
        return put(key(type, next), next, options);
    }

    ObjectNode update(ResourceType type, ObjectNode before, ObjectNode next, WriteOptions options) {
        admission.update(type, before, next, options);
        Key key = key(type, before);
        ObjectNode stored = put(key, next, options);
        if (!options.dryRun()) {
            deletion.finish(key);
        }
        return stored;
    }

    ObjectNode delete(ResourceType type, ObjectNode before, Propagation propagation, int grace, WriteOptions options) {
        admission.delete(type, before, options);
        if (options.dryRun()) {
            return before;
        }
        Key key = key(type, before);
        ObjectNode last = deletion.delete(key, propagation, grace);
        books.accepted(key, before, Meta.version(last), options);
        return last;
    }

    private ObjectNode put(Key key, ObjectNode next, WriteOptions options) {
        if (options.dryRun()) {
            return next;
        }
        ObjectNode stored = store.put(key, next);
        books.accepted(key, stored, Meta.version(stored), options);
        return stored;
    }

    private static Key key(ResourceType type, ObjectNode object) {
        return type.key(Meta.namespace(object), Meta.name(object));
    }
}
