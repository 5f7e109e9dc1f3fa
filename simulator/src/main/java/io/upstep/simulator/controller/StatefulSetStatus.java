package io.upstep.simulator.controller;

import static io.upstep.simulator.store.Fields.at;
import static io.upstep.simulator.store.Fields.child;
import static io.upstep.simulator.store.Fields.defaultTo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.store.Key;
import io.upstep.simulator.store.Meta;
import java.util.Map;

/** Writes what a StatefulSet's status says. */
final class StatefulSetStatus {
    private final World world;

    StatefulSetStatus(World world) {
        this.world = world;
    }

    /** True when time alone may still change it. */
    boolean write(Key key, ObjectNode set, String revision, Map<Integer, ObjectNode> pods) {
        if (world.characters().tells(set, Lie.STALE_STATUS)) {
            return false;
        }
        int wanted = at(set, "spec", "replicas").asInt();
        long ready = pods.values().stream()
                .filter(p -> Pods.isActive(p) && Pods.isReady(p))
                .count();
        long available = pods.values().stream()
                .filter(p -> Pods.isActive(p) && Pods.isAvailable(world, p, Pods.minReadySeconds(set)))
                .count();
        long updated = pods.values().stream()
                .filter(p -> Pods.isActive(p) && Revisions.of(p).equals(revision))
                .count();
        boolean lies = world.characters().tells(set, Lie.READY_TOO_SOON)
                || world.characters().tells(set, Lie.KEEPS_OLD_POD) && updated >= wanted - 1;
        long seenUpdated = lies ? wanted : updated;
        world.store().modify(key, o -> {
            ObjectNode status = child(o, "status");
            status.put("replicas", lies ? wanted : pods.size());
            Counts.put(status, "readyReplicas", lies ? wanted : ready);
            status.put("availableReplicas", (int) (lies ? wanted : available));
            Counts.put(status, "updatedReplicas", seenUpdated);
            revisions(status, revision, seenUpdated == wanted && (lies || ready == wanted && pods.size() == wanted));
            Counts.put(status, "currentReplicas", current(status, revision, pods, seenUpdated));
            status.put("collisionCount", 0).put("observedGeneration", (int) Meta.generation(o));
            return o;
        });
        return available < ready;
    }

    private static void revisions(ObjectNode status, String revision, boolean complete) {
        status.put("updateRevision", revision);
        defaultTo(status, "currentRevision", revision);
        if (complete) {
            status.put("currentRevision", revision);
        }
    }

    private static long current(ObjectNode status, String revision, Map<Integer, ObjectNode> pods, long updated) {
        String current = status.path("currentRevision").asText();
        return current.equals(revision)
                ? updated
                : pods.values().stream()
                        .filter(p -> Revisions.of(p).equals(current))
                        .count();
    }
}
