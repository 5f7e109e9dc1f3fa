package io.upstep.simulator.controller;

import static io.upstep.simulator.store.Fields.at;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.rules.LabelSelector;
import io.upstep.simulator.store.Key;
import io.upstep.simulator.store.Meta;
import io.upstep.simulator.store.ObjectStore;
import java.util.List;

/** Finds what a workload owns, and adopts what it should own and nobody does. */
final class Owned {
    private Owned() {}

    static List<ObjectNode> by(ObjectStore store, ObjectNode owner, String resource) {
        LabelSelector selector = LabelSelector.of(at(owner, "spec", "selector"));
        // Without a selector everything would fit.
        boolean adopts = !at(owner, "spec", "selector").isEmpty();
        return store.list(resource, Meta.namespace(owner)).stream()
                .map(o -> adopts && isOrphan(o) && selector.test(Meta.labels(o)) ? adopt(store, owner, resource, o) : o)
                .filter(o -> Meta.isControlledBy(o, owner))
                .toList();
    }

    private static boolean isOrphan(ObjectNode object) {
        return Meta.controller(object).isEmpty() && !Meta.isBeingDeleted(object);
    }

    private static ObjectNode adopt(ObjectStore store, ObjectNode owner, String resource, ObjectNode orphan) {
        Key key = new Key(resource, Meta.namespace(orphan), Meta.name(orphan));
        return store.modify(key, o -> {
                    Meta.control(o, owner);
                    return o;
                })
                .orElse(orphan);
    }
}
