package io.upstep.simulator.controller;

import static io.upstep.simulator.store.Fields.at;
import static io.upstep.simulator.store.Fields.child;
import static io.upstep.simulator.store.Fields.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.store.Key;
import io.upstep.simulator.store.Meta;
import java.util.List;

/** Keeps the one pod of a DaemonSet on the one simulated node. */
final class DaemonSetController implements Controller {
    private final World world;
    private final Revisions revisions;

    DaemonSetController(World world) {
        this.world = world;
        this.revisions = new Revisions(world);
    }

    @Override
    public String resource() {
        return "daemonsets.apps";
    }

    @Override
    public void reconcile(Key key) {
        ObjectNode set = world.store().get(key).orElse(null);
        if (set == null || Meta.isBeingDeleted(set)) {
            return;
        }
        String revision = revisions.current(set);
        List<ObjectNode> pods = Owned.by(world.store(), set, "pods");
        if (pods.isEmpty()) {
            String name = Meta.name(set) + "-" + Pods.suffix();
            Pods.create(world, set, at(set, "spec", "template"), name, Revisions.LABEL, revision);
        } else if (text(set, "spec", "updateStrategy", "type").equals("RollingUpdate")) {
            pods.stream()
                    .filter(p -> Pods.isActive(p) && !Revisions.of(p).equals(revision))
                    .forEach(p -> Pods.delete(world, set, p));
        }
        if (!world.characters().tells(set, Lie.STALE_STATUS)) {
            status(key, set, revision);
        }
    }

    private void status(Key key, ObjectNode set, String revision) {
        List<ObjectNode> pods = Owned.by(world.store(), set, "pods").stream()
                .filter(Pods::isActive)
                .toList();
        boolean lies = world.characters().tells(set, Lie.READY_TOO_SOON);
        long ready = lies ? 1 : pods.stream().filter(Pods::isReady).count();
        long updated = lies
                ? 1
                : pods.stream().filter(p -> Revisions.of(p).equals(revision)).count();
        world.store().modify(key, o -> {
            ObjectNode status = child(o, "status");
            status.put("currentNumberScheduled", pods.size()).put("desiredNumberScheduled", 1);
            status.put("numberMisscheduled", 0).put("numberReady", (int) ready);
            Counts.put(status, "updatedNumberScheduled", updated);
            Counts.put(status, "numberAvailable", ready);
            Counts.put(status, "numberUnavailable", 1 - ready);
            status.put("observedGeneration", (int) Meta.generation(o));
            return o;
        });
    }
}
