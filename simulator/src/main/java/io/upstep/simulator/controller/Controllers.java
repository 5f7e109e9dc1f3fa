package io.upstep.simulator.controller;

import static io.upstep.simulator.store.Fields.text;

import io.upstep.simulator.store.Change;
import io.upstep.simulator.store.Key;
import io.upstep.simulator.store.Meta;
import io.upstep.simulator.store.ObjectStore;
import io.upstep.simulator.store.ResourceTypes;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Calls the controllers when something changed that is theirs, or that something of theirs owns. */
public final class Controllers {
    private final ObjectStore store;
    private final ResourceTypes types;
    private final Timeline timeline;
    private final GarbageCollector garbage;
    private final Map<String, Controller> controllers;
    private final Set<Key> waiting = new HashSet<>();

    public Controllers(World world, ResourceTypes types) {
        this.store = world.store();
        this.types = types;
        this.timeline = world.timeline();
        this.garbage = new GarbageCollector(world, types);
        this.controllers = List.<Controller>of(
                        new DeploymentController(world, this::enqueue),
                        new ReplicaSetController(world),
                        new StatefulSetController(world, this::enqueue),
                        new DaemonSetController(world),
                        new JobController(world, this::enqueue),
                        new Kubelet(world, this::enqueue),
                        new ClaimController(world),
                        new VolumeController(world, this::enqueue),
                        new NamespaceController(world, types))
                .stream()
                .collect(Collectors.toUnmodifiableMap(Controller::resource, Function.identity()));
        store.listen(this::changed);
    }

    /** Looks at every object once, as after a restart. */
    public void lookAtAll() {
        store.keys().forEach(this::enqueue);
        garbage.lookAtAll();
    }

    void enqueue(Key key) {
        if (controllers.containsKey(key.resource())) {
            synchronized (waiting) {
                if (!waiting.add(key)) {
                    return;
                }
            }
            timeline.soon(() -> reconcile(key));
        }
    }

    private void reconcile(Key key) {
        synchronized (waiting) {
            waiting.remove(key);
        }
        store.atomically(() -> {
            controllers.get(key.resource()).reconcile(key);
            return null;
        });
    }

    private void changed(Change change) {
        enqueue(change.key());
        String namespace = Meta.namespace(change.object());
        Meta.owners(change.object()).forEach(o -> types.ofKind(text(o, "apiVersion"), text(o, "kind"))
                .ifPresent(t -> enqueue(t.key(namespace, text(o, "name")))));
        if (!namespace.isEmpty() && change.type() == Change.Type.DELETED) {
            enqueue(new Key("namespaces", "", namespace));
        }
        garbage.changed(change);
    }
}
