package io.upstep.simulator.controller;

import static io.upstep.simulator.store.Fields.at;
import static io.upstep.simulator.store.Fields.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.rules.Propagation;
import io.upstep.simulator.store.Key;
import io.upstep.simulator.store.Meta;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Random;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Makes pods from templates, deletes them and reads how they are. */
final class Pods {
    /** Whom to give up first: what is not ready, then what is youngest. */
    static final Comparator<ObjectNode> EXPENDABLE = Comparator.<ObjectNode, Boolean>comparing(Pods::isReady)
            .thenComparing(p -> text(p, "metadata", "creationTimestamp"), Comparator.reverseOrder())
            .thenComparing(Meta::name);

    private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";
    private static final RandomGenerator RANDOM = new Random();

    private Pods() {}

    static ObjectNode create(
            World world, ObjectNode owner, JsonNode template, String name, String hashLabel, String hash) {
        ObjectNode pod = JsonNodeFactory.instance.objectNode();
        pod.put("apiVersion", "v1").put("kind", "Pod");
        if (template.get("metadata") instanceof ObjectNode meta) {
            pod.set("metadata", meta.deepCopy());
        }
        Meta.of(pod).put("name", name).put("namespace", Meta.namespace(owner));
        if (!hash.isEmpty()) {
            pod.withObject("/metadata/labels").put(hashLabel, hash);
        }
        Meta.control(pod, owner);
        pod.set("spec", template.path("spec").deepCopy());
        Meta.of(pod).put("uid", UUID.randomUUID().toString());
        Meta.of(pod).put("creationTimestamp", world.timestamps().now());
        pod.putObject("status").put("phase", "Pending");
        ObjectNode stored = world.store().put(key(pod), pod);
        world.events().normal(owner, "SuccessfulCreate", "Created pod: " + name);
        return stored;
    }

    static void delete(World world, ObjectNode owner, ObjectNode pod) {
        world.deletion().delete(key(pod), Propagation.BACKGROUND, 30);
        world.events().normal(owner, "SuccessfulDelete", "Deleted pod: " + Meta.name(pod));
    }

    static Key key(JsonNode pod) {
        return new Key("pods", Meta.namespace(pod), Meta.name(pod));
    }

    static String suffix() {
        StringBuilder suffix = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            suffix.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return suffix.toString();
    }

    static boolean isActive(JsonNode pod) {
        return !Meta.isBeingDeleted(pod) && !isDone(pod);
    }

    static boolean isDone(JsonNode pod) {
        String phase = text(pod, "status", "phase");
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    static boolean isReady(JsonNode pod) {
        return "True".equals(Conditions.statusOf(pod, "Ready"));
    }

    /** Ready for so long that it counts as available. */
    static boolean isAvailable(World world, JsonNode pod, int minReadySeconds) {
        if (!isReady(pod) || minReadySeconds == 0) {
            return isReady(pod);
        }
        String since = text(Conditions.of(pod, "Ready"), "lastTransitionTime");
        Duration ready =
                Duration.between(Instant.parse(since), world.timestamps().instant());
        return ready.toSeconds() >= minReadySeconds;
    }

    static int minReadySeconds(JsonNode workload) {
        return at(workload, "spec", "minReadySeconds").asInt();
    }
}
