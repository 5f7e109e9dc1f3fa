package io.upstep.simulator.controller;

import static io.upstep.simulator.store.Fields.at;
import static io.upstep.simulator.store.Fields.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.store.Key;
import io.upstep.simulator.store.Meta;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Keeps the numbered pods of a StatefulSet: made in order, updated from the highest number down, one at a time. */
final class StatefulSetController implements Controller {
    private static final String RESOURCE = "statefulsets.apps";

    private final World world;
    private final Revisions revisions;
    private final StatefulSetStatus status;
    private final Claims claims;
    private final Consumer<Key> enqueue;

    StatefulSetController(World world, Consumer<Key> enqueue) {
        this.world = world;
        this.revisions = new Revisions(world);
        this.status = new StatefulSetStatus(world);
        this.claims = new Claims(world);
        this.enqueue = enqueue;
    }

    @Override
    public String resource() {
        return RESOURCE;
    }

    @Override
    public void reconcile(Key key) {
        ObjectNode set = world.store().get(key).orElse(null);
        if (set == null || Meta.isBeingDeleted(set)) {
            return;
        }
        String wanted = revisions.current(set);
        boolean settled = scale(set, wanted);
        if (settled && text(set, "spec", "updateStrategy", "type").equals("RollingUpdate")) {
            update(set, wanted);
        }
        if (status.write(key, set, wanted, pods(set))) {
            world.timeline().after(Duration.ofSeconds(1), () -> enqueue.accept(key));
        }
    }

    /** Makes and deletes pods until their number is right; false while that is still going on. */
    private boolean scale(ObjectNode set, String revision) {
        boolean ordered = !text(set, "spec", "podManagementPolicy").equals("Parallel");
        int replicas = at(set, "spec", "replicas").asInt();
        TreeMap<Integer, ObjectNode> pods = pods(set);
        boolean settled = true;
        for (int i = 0; i < replicas; i++) {
            ObjectNode pod = pods.get(i);
            if (pod == null || Pods.isDone(pod)) {
                replace(set, revision, i, Optional.ofNullable(pod));
                settled = false;
            }
            if (ordered && !isSettled(set, pod, revision)) {
                return false;
            }
        }
        for (Map.Entry<Integer, ObjectNode> surplus :
                pods.tailMap(replicas, true).descendingMap().entrySet()) {
            delete(set, surplus.getValue());
            if (ordered) {
                return false;
            }
        }
        return settled;
    }

    /** An unready pod of an older revision does not block the update that may repair it. */
    private boolean isSettled(ObjectNode set, ObjectNode pod, String revision) {
        boolean broken =
                pod != null && !Meta.isBeingDeleted(pod) && !Revisions.of(pod).equals(revision);
        return pod != null
                && (Pods.isAvailable(world, pod, Pods.minReadySeconds(set)) && !Meta.isBeingDeleted(pod) || broken);
    }

    private void update(ObjectNode set, String revision) {
        int partition =
                at(set, "spec", "updateStrategy", "rollingUpdate", "partition").asInt();
        boolean keepOne = world.characters().tells(set, Lie.KEEPS_OLD_POD);
        for (Map.Entry<Integer, ObjectNode> entry : pods(set).descendingMap().entrySet()) {
            ObjectNode pod = entry.getValue();
            if (entry.getKey() < partition || keepOne && entry.getKey() == 0) {
                return;
            }
            if (!Revisions.of(pod).equals(revision)) {
                delete(set, pod);
                return;
            }
            if (Meta.isBeingDeleted(pod) || !Pods.isAvailable(world, pod, Pods.minReadySeconds(set))) {
                return;
            }
        }
    }

    private void replace(ObjectNode set, String revision, int ordinal, Optional<ObjectNode> done) {
        done.ifPresent(pod -> delete(set, pod));
        if (done.isEmpty()) {
            ObjectNode template = claims.mounted(set, ordinal);
            String name = Meta.name(set) + "-" + ordinal;
            template.withObject("/metadata/labels")
                    .put("statefulset.kubernetes.io/pod-name", name)
                    .put("apps.kubernetes.io/pod-index", Integer.toString(ordinal));
            Pods.create(world, set, template, name, Revisions.LABEL, revision);
        }
    }

    private void delete(ObjectNode set, ObjectNode pod) {
        if (!Meta.isBeingDeleted(pod)) {
            Pods.delete(world, set, pod);
        }
    }

    private TreeMap<Integer, ObjectNode> pods(ObjectNode set) {
        TreeMap<Integer, ObjectNode> byOrdinal = new TreeMap<>();
        String prefix = Meta.name(set) + "-";
        Owned.by(world.store(), set, "pods").forEach(p -> {
            String ordinal = Meta.name(p)
                    .substring(Math.min(prefix.length(), Meta.name(p).length()));
            if (ordinal.matches("\\d+")) {
                byOrdinal.put(Integer.parseInt(ordinal), p);
            }
        });
        return byOrdinal;
    }
}
