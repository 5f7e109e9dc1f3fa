package io.upstep.simulator.controller;

import static io.upstep.simulator.store.Fields.at;
import static io.upstep.simulator.store.Fields.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.store.Key;
import io.upstep.simulator.store.Meta;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** Rolls a Deployment out: a ReplicaSet for each template, the new one grows as the old ones shrink. */
final class DeploymentController implements Controller {
    private final World world;
    private final ReplicaSets sets;
    private final DeploymentStatus status;
    private final Consumer<Key> enqueue;

    DeploymentController(World world, Consumer<Key> enqueue) {
        this.world = world;
        this.sets = new ReplicaSets(world);
        this.status = new DeploymentStatus(world);
        this.enqueue = enqueue;
    }

    @Override
    public String resource() {
        return "deployments.apps";
    }

    @Override
    public void reconcile(Key key) {
        ObjectNode deployment = world.store().get(key).orElse(null);
        if (deployment == null || Meta.isBeingDeleted(deployment)) {
            return;
        }
        if (at(deployment, "spec", "paused").asBoolean()) {
            scaleOnly(deployment);
            status.write(key, deployment, sets.all(deployment), sets.find(deployment));
            return;
        }
        ObjectNode fresh = sets.current(key, deployment);
        List<ObjectNode> old = sets.others(deployment, fresh);
        if (text(deployment, "spec", "strategy", "type").equals("Recreate")) {
            recreate(deployment, fresh, old);
        } else {
            roll(deployment, fresh, old);
        }
        sets.forgetOldest(deployment, fresh);
        boolean unfinished = status.write(key, deployment, sets.all(deployment), sets.find(deployment));
        if (unfinished) {
            // Time alone can change what the status says: pods become available, deadlines pass.
            world.timeline().after(Duration.ofSeconds(1), () -> enqueue.accept(key));
        }
    }

    /** A paused Deployment rolls nothing out, but what runs alone can still be scaled. */
    private void scaleOnly(ObjectNode deployment) {
        List<ObjectNode> running =
                sets.all(deployment).stream().filter(s -> replicas(s) > 0).toList();
        if (running.size() == 1) {
            sets.scale(deployment, running.get(0), wanted(deployment));
        }
    }

    private void recreate(ObjectNode deployment, ObjectNode fresh, List<ObjectNode> old) {
        old.forEach(s -> sets.scale(deployment, s, 0));
        boolean oldPodsLeft = old.stream()
                .flatMap(s -> Owned.by(world.store(), s, "pods").stream())
                .anyMatch(p -> !Pods.isDone(p));
        if (!oldPodsLeft) {
            sets.scale(deployment, fresh, wanted(deployment));
        }
    }

    private void roll(ObjectNode deployment, ObjectNode fresh, List<ObjectNode> old) {
        int wanted = wanted(deployment);
        RollingLimits limits = RollingLimits.of(deployment, wanted);
        int all = replicas(fresh)
                + old.stream().mapToInt(DeploymentController::replicas).sum();
        if (replicas(fresh) > wanted) {
            sets.scale(deployment, fresh, wanted);
        } else if (replicas(fresh) < wanted) {
            int room = Math.max(0, wanted + limits.surge() - all);
            sets.scale(deployment, fresh, Math.min(wanted, replicas(fresh) + room));
        }
        shrink(deployment, world.store().get(ReplicaSets.key(fresh)).orElse(fresh), old, limits);
    }

    private void shrink(ObjectNode deployment, ObjectNode fresh, List<ObjectNode> old, RollingLimits limits) {
        int wanted = wanted(deployment);
        int least = wanted - limits.unavailable();
        int freshUnavailable = replicas(fresh) - available(fresh);
        int all = replicas(fresh)
                + old.stream().mapToInt(DeploymentController::replicas).sum();
        int may = all - least - freshUnavailable;
        int keep = world.characters().tells(deployment, Lie.KEEPS_OLD_POD) ? 1 : 0;
        List<ObjectNode> oldestFirst = old.stream()
                .sorted(Comparator.comparingLong(ReplicaSets::revision))
                .toList();
        // What does not work anyway goes first: it costs no availability.
        for (ObjectNode set : oldestFirst) {
            may -= giveUp(deployment, set, Math.min(may, replicas(set) - available(set)), keep);
        }
        int availableNow = available(fresh)
                + old.stream().mapToInt(DeploymentController::available).sum();
        int spare = availableNow - least;
        for (ObjectNode set : oldestFirst) {
            ObjectNode now = world.store().get(ReplicaSets.key(set)).orElse(set);
            spare -= giveUp(deployment, now, Math.min(spare, available(set)), keep);
        }
    }

    private int giveUp(ObjectNode deployment, ObjectNode set, int count, int keep) {
        int given = Math.min(count, replicas(set) - keep);
        if (given <= 0) {
            return 0;
        }
        sets.scale(deployment, set, replicas(set) - given);
        return given;
    }

    private static int wanted(ObjectNode deployment) {
        return at(deployment, "spec", "replicas").asInt();
    }

    private static int replicas(ObjectNode set) {
        return at(set, "spec", "replicas").asInt();
    }

    private static int available(ObjectNode set) {
        return Math.min(replicas(set), at(set, "status", "availableReplicas").asInt());
    }
}
