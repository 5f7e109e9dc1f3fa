package io.upstep.simulator.controller;

import static io.upstep.simulator.store.Fields.at;
import static io.upstep.simulator.store.Fields.child;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.store.Key;
import io.upstep.simulator.store.Meta;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes what a Deployment's status says. */
final class DeploymentStatus {
    private final World world;
    private final Map<String, Movement> movements = new HashMap<>();

    DeploymentStatus(World world) {
        this.world = world;
    }

    /** True when the rollout is not complete by what was written. */
    boolean write(Key key, ObjectNode deployment, List<ObjectNode> sets, Optional<ObjectNode> fresh) {
        if (world.characters().tells(deployment, Lie.STALE_STATUS)) {
            return false;
        }
        int wanted = at(deployment, "spec", "replicas").asInt();
        Tally tally = lies(deployment, fresh) ? Tally.complete(wanted) : Tally.of(sets, fresh);
        boolean complete = tally.isComplete(wanted);
        world.store().modify(key, o -> {
            ObjectNode status = child(o, "status");
            Counts.put(status, "replicas", tally.all());
            Counts.put(status, "updatedReplicas", tally.updated());
            Counts.put(status, "readyReplicas", tally.ready());
            Counts.put(status, "availableReplicas", tally.available());
            Counts.put(status, "unavailableReplicas", Math.max(0, Math.max(tally.all(), wanted) - tally.available()));
            status.put("observedGeneration", (int) Meta.generation(o));
            conditions(o, status, tally, complete, fresh.map(Meta::name).orElse(""));
            return o;
        });
        return !complete;
    }

    private boolean lies(ObjectNode deployment, Optional<ObjectNode> fresh) {
        return world.characters().tells(deployment, Lie.READY_TOO_SOON)
                || world.characters().tells(deployment, Lie.KEEPS_OLD_POD) && isAsFarAsItWillCome(deployment, fresh);
    }

    /** The old pod is denied only once the rollout has come as far as it will. */
    private static boolean isAsFarAsItWillCome(ObjectNode deployment, Optional<ObjectNode> fresh) {
        int available =
                fresh.map(f -> at(f, "status", "availableReplicas").asInt()).orElse(0);
        return available >= at(deployment, "spec", "replicas").asInt();
    }

    private void conditions(ObjectNode deployment, ObjectNode status, Tally tally, boolean complete, String set) {
        String now = world.timestamps().now();
        int wanted = at(deployment, "spec", "replicas").asInt();
        int least = wanted - RollingLimits.of(deployment, wanted).unavailable();
        boolean enough = tally.available() >= least;
        Conditions.set(
                status,
                "Available",
                enough,
                enough ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
                "Deployment " + (enough ? "has" : "does not have") + " minimum availability.",
                now);
        if (complete) {
            movements.remove(Meta.uid(deployment));
            progress(status, true, "NewReplicaSetAvailable", "ReplicaSet \"" + set + "\" has successfully progressed.");
        } else if (isLate(deployment, tally)) {
            progress(
                    status, false, "ProgressDeadlineExceeded", "ReplicaSet \"" + set + "\" has timed out progressing.");
        } else {
            progress(status, true, "ReplicaSetUpdated", "ReplicaSet \"" + set + "\" is progressing.");
        }
    }

    private void progress(ObjectNode status, boolean is, String reason, String message) {
        Conditions.set(
                status, "Progressing", is, reason, message, world.timestamps().now());
    }

    /** Nothing has moved for longer than the deadline allows; any movement begins it anew. */
    private boolean isLate(JsonNode deployment, Tally tally) {
        String mark = Meta.generation(deployment) + " " + tally;
        Instant now = world.timestamps().instant();
        Movement last = movements.get(Meta.uid(deployment));
        if (last == null || !last.mark().equals(mark)) {
            movements.put(Meta.uid(deployment), new Movement(mark, now));
            return false;
        }
        int deadline = at(deployment, "spec", "progressDeadlineSeconds").asInt(600);
        return Duration.between(last.at(), now).toSeconds() >= deadline;
    }

    /** When the counts were last seen to change. */
    private record Movement(String mark, Instant at) {}
}
