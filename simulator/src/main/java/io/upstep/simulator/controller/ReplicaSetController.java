package io.upstep.simulator.controller;

import static io.upstep.simulator.store.Fields.at;
import static io.upstep.simulator.store.Fields.child;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.store.Key;
import io.upstep.simulator.store.Meta;
import java.time.Duration;
import java.util.List;

/** Keeps as many pods of a ReplicaSet as it wants. */
final class ReplicaSetController implements Controller {
    private final World world;

    ReplicaSetController(World world) {
        this.world = world;
    }

    @Override
    public String resource() {
        return "replicasets.apps";
    }

    @Override
    public void reconcile(Key key) {
        ObjectNode set = world.store().get(key).orElse(null);
        if (set == null || Meta.isBeingDeleted(set)) {
            return;
        }
        int wanted = at(set, "spec", "replicas").asInt();
        List<ObjectNode> active = active(set);
        for (int i = active.size(); i < wanted; i++) {
            Pods.create(world, set, at(set, "spec", "template"), Meta.name(set) + "-" + Pods.suffix(), "", "");
        }
        active.stream()
                .sorted(Pods.EXPENDABLE)
                .limit(Math.max(0, active.size() - wanted))
                .forEach(p -> Pods.delete(world, set, p));
        status(key, set);
    }

    private List<ObjectNode> active(ObjectNode set) {
        return Owned.by(world.store(), set, "pods").stream()
                .filter(Pods::isActive)
                .toList();
    }

    private void status(Key key, ObjectNode set) {
        int minReady = Pods.minReadySeconds(set);
        List<ObjectNode> pods = active(set);
        long ready = pods.stream().filter(Pods::isReady).count();
        long available =
                pods.stream().filter(p -> Pods.isAvailable(world, p, minReady)).count();
        world.store().modify(key, o -> {
            ObjectNode status = child(o, "status");
            status.put("replicas", pods.size());
            Counts.put(status, "fullyLabeledReplicas", pods.size());
            Counts.put(status, "readyReplicas", ready);
            Counts.put(status, "availableReplicas", available);
            status.put("observedGeneration", (int) Meta.generation(o));
            return o;
        });
        if (available < ready) {
            world.timeline().after(Duration.ofSeconds(1), () -> world.store().atomically(() -> {
                reconcile(key);
                return null;
            }));
        }
    }
}
