package io.upstep.simulator.controller;

import static io.upstep.simulator.store.Fields.at;
import static io.upstep.simulator.store.Fields.child;
import static io.upstep.simulator.store.Fields.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.rules.Propagation;
import io.upstep.simulator.store.Key;
import io.upstep.simulator.store.Meta;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The ReplicaSets of a Deployment: one for each template it has had. */
final class ReplicaSets {
    private static final String REVISION = "deployment.kubernetes.io/revision";
    private static final String HASH = "pod-template-hash";

    private final World world;

    ReplicaSets(World world) {
        this.world = world;
    }

    List<ObjectNode> all(ObjectNode deployment) {
        return Owned.by(world.store(), deployment, "replicasets.apps");
    }

    List<ObjectNode> others(ObjectNode deployment, ObjectNode fresh) {
        return all(deployment).stream()
                .filter(s -> !Meta.uid(s).equals(Meta.uid(fresh)))
                .toList();
    }

    /** The one with the Deployment's template, if it is there. */
    Optional<ObjectNode> find(ObjectNode deployment) {
        JsonNode template = at(deployment, "spec", "template");
        return all(deployment).stream()
                .filter(s -> templateOf(s).equals(template))
                .findFirst();
    }

    /** The one with the Deployment's template, made when it is not there, and the newest in any case. */
    ObjectNode current(Key key, ObjectNode deployment) {
        List<ObjectNode> all = all(deployment);
        long newest = all.stream().mapToLong(ReplicaSets::revision).max().orElse(0);
        ObjectNode set = find(deployment).orElseGet(() -> create(deployment, newest + 1));
        if (all.stream().anyMatch(s -> revision(s) > revision(set))) {
            world.store().modify(key(set), o -> {
                Meta.annotate(o, REVISION, Long.toString(newest + 1));
                return o;
            });
        }
        ObjectNode current = world.store().get(key(set)).orElseThrow();
        world.store().modify(key, o -> {
            Meta.annotate(o, REVISION, Long.toString(revision(current)));
            return o;
        });
        return current;
    }

    void scale(ObjectNode deployment, ObjectNode set, int replicas) {
        int before = at(set, "spec", "replicas").asInt();
        if (before == replicas) {
            return;
        }
        world.store().modify(key(set), o -> {
            child(o, "spec").put("replicas", replicas);
            return o;
        });
        String way = replicas > before ? "up" : "down";
        world.events()
                .normal(
                        deployment,
                        "ScalingReplicaSet",
                        "Scaled " + way + " replica set " + Meta.name(set) + " from " + before + " to " + replicas);
    }

    /** Old, empty ones beyond the history limit are not needed to roll back to. */
    void forgetOldest(ObjectNode deployment, ObjectNode fresh) {
        int limit = at(deployment, "spec", "revisionHistoryLimit").asInt(10);
        List<ObjectNode> empty = others(deployment, fresh).stream()
                .filter(s -> at(s, "spec", "replicas").asInt() == 0
                        && at(s, "status", "replicas").asInt() == 0)
                .sorted(Comparator.comparingLong(ReplicaSets::revision).reversed())
                .toList();
        empty.stream().skip(limit).forEach(s -> world.deletion().delete(key(s), Propagation.BACKGROUND, 0));
    }

    static Key key(JsonNode set) {
        return new Key("replicasets.apps", Meta.namespace(set), Meta.name(set));
    }

    static long revision(JsonNode set) {
        String revision = Meta.annotation(set, REVISION);
        return revision.isEmpty() ? 0 : Long.parseLong(revision);
    }

    private ObjectNode create(ObjectNode deployment, long revision) {
        String hash = Integer.toHexString(at(deployment, "spec", "template").hashCode() | 0x10000000);
        ObjectNode set = JsonNodeFactory.instance.objectNode();
        set.put("apiVersion", "apps/v1").put("kind", "ReplicaSet");
        ObjectNode meta = Meta.of(set);
        meta.put("name", Meta.name(deployment) + "-" + hash).put("namespace", Meta.namespace(deployment));
        meta.put("uid", UUID.randomUUID().toString()).put("generation", 1);
        meta.put("creationTimestamp", world.timestamps().now());
        Meta.annotate(set, REVISION, Long.toString(revision));
        Meta.control(set, deployment);
        ObjectNode spec = set.putObject("spec");
        spec.put("replicas", 0);
        spec.set("selector", at(deployment, "spec", "selector").deepCopy());
        spec.withObject("/selector/matchLabels").put(HASH, hash);
        spec.set("template", at(deployment, "spec", "template").deepCopy());
        spec.withObject("/template/metadata/labels").put(HASH, hash);
        meta.set("labels", at(spec, "template", "metadata", "labels").deepCopy());
        set.putObject("status").put("replicas", 0);
        return world.store().get(key(set)).orElseGet(() -> world.store().put(key(set), set));
    }

    private static JsonNode templateOf(JsonNode set) {
        ObjectNode template = at(set, "spec", "template").deepCopy();
        if (!text(template, "metadata", "labels", HASH).isEmpty()) {
            template.withObject("/metadata/labels").remove(HASH);
        }
        return template;
    }
}
