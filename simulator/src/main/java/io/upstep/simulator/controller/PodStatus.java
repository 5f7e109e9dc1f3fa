package io.upstep.simulator.controller;

import static io.upstep.simulator.store.Fields.at;
import static io.upstep.simulator.store.Fields.child;
import static io.upstep.simulator.store.Fields.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.store.Fields;
import io.upstep.simulator.store.Meta;
import java.util.List;

/** Writes what a pod's status says at each stage. */
final class PodStatus {
    static final String NODE = "simulated-node";
    private static final List<Behaviour> CRASHING = List.of(Behaviour.CRASHLOOP, Behaviour.FAILS);

    private final World world;
    private final ObjectNode pod;
    private final String now;

    PodStatus(World world, ObjectNode pod) {
        this.world = world;
        this.pod = pod;
        this.now = world.timestamps().now();
    }

    ObjectNode entering(Stage stage, ObjectNode next) {
        ObjectNode status = child(next, "status");
        if (stage == Stage.SCHEDULED) {
            child(next, "spec").put("nodeName", NODE);
            status.put("startTime", now).put("hostIP", "10.0.0.1").put("qosClass", "BestEffort");
            Conditions.set(status, "PodScheduled", true, "", "", now);
        }
        status.put("phase", phase(stage));
        containers(stage, status);
        boolean started = stage != Stage.SCHEDULED && stage != Stage.PULL_FAILED;
        if (started) {
            int hash = Meta.uid(pod).hashCode();
            status.put("podIP", "10.244." + (hash >>> 8 & 0xff) + "." + (hash & 0xff));
            Conditions.set(status, "Initialized", true, "", "", now);
        }
        boolean done = stage == Stage.SUCCEEDED;
        String why = stage == Stage.READY ? "" : done ? "PodCompleted" : "ContainersNotReady";
        String which = stage == Stage.READY || done ? "" : "containers with unready status: " + unready(status);
        Conditions.set(status, "ContainersReady", stage == Stage.READY, why, which, now);
        Conditions.set(status, "Ready", stage == Stage.READY, why, which, now);
        return next;
    }

    /** Says by an event what happened. */
    void tell(Stage stage) {
        String image = text(at(pod, "spec", "containers").path(0), "image");
        switch (stage) {
            case SCHEDULED ->
                world.events()
                        .normal(
                                pod,
                                "Scheduled",
                                "Successfully assigned " + Meta.namespace(pod) + "/" + Meta.name(pod) + " to " + NODE);
            case PULL_FAILED ->
                world.events().warning(pod, "Failed", "Failed to pull image \"" + image + "\": not found");
            case RUNNING -> world.events().normal(pod, "Started", "Started container");
            case BACKING_OFF ->
                world.events().warning(pod, "BackOff", "Back-off restarting failed container in pod " + Meta.name(pod));
            default -> {
                // The other stages are seen in the status.
            }
        }
    }

    private static String phase(Stage stage) {
        return switch (stage) {
            case NEW, SCHEDULED, PULL_FAILED -> "Pending";
            case SUCCEEDED -> "Succeeded";
            case FAILED -> "Failed";
            default -> "Running";
        };
    }

    private void containers(Stage stage, ObjectNode status) {
        JsonNode before = status.path("containerStatuses").deepCopy();
        ArrayNode statuses = status.putArray("containerStatuses");
        Fields.objects(at(pod, "spec", "containers")).forEach(c -> {
            JsonNode old = named(before, text(c, "name"));
            container(stage, c, old, statuses.addObject());
        });
    }

    private void container(Stage stage, ObjectNode container, JsonNode old, ObjectNode to) {
        Behaviour behaviour = world.characters().of(pod, container);
        boolean crashed = CRASHING.contains(behaviour) && (stage == Stage.BACKING_OFF || stage == Stage.FAILED);
        boolean unready = behaviour == Behaviour.NEVER_READY || CRASHING.contains(behaviour);
        int restarts = old.path("restartCount").asInt() + (crashed && stage == Stage.BACKING_OFF ? 1 : 0);
        String image = text(container, "image");
        to.put("name", text(container, "name")).put("image", image);
        to.put("imageID", image.split(":")[0] + "@sha256:" + String.format("%064x", image.hashCode() & 0xffffffffL));
        to.put("restartCount", restarts);
        to.put("ready", stage == Stage.READY || stage == Stage.BACKING_OFF && !unready);
        to.put("started", stage == Stage.RUNNING || stage == Stage.READY);
        to.set("lastState", crashed ? to.objectNode().set("terminated", terminated(1)) : lastState(old, to));
        state(stage, behaviour, crashed, container, child(to, "state"));
    }

    private void state(Stage stage, Behaviour behaviour, boolean crashed, ObjectNode container, ObjectNode state) {
        if (stage == Stage.PULL_FAILED && behaviour == Behaviour.BROKEN) {
            waiting(state, "ImagePullBackOff", "Back-off pulling image \"" + text(container, "image") + "\"");
        } else if (stage == Stage.SCHEDULED || stage == Stage.PULL_FAILED) {
            waiting(state, "ContainerCreating", "");
        } else if (crashed && stage == Stage.BACKING_OFF) {
            waiting(state, "CrashLoopBackOff", "back-off restarting failed container=" + text(container, "name"));
        } else if (stage == Stage.SUCCEEDED || stage == Stage.FAILED) {
            state.set("terminated", terminated(crashed ? 1 : 0));
        } else {
            state.putObject("running").put("startedAt", now);
        }
    }

    private static void waiting(ObjectNode state, String reason, String message) {
        ObjectNode waiting = state.putObject("waiting").put("reason", reason);
        if (!message.isEmpty()) {
            waiting.put("message", message);
        }
    }

    private ObjectNode terminated(int exitCode) {
        ObjectNode terminated = pod.objectNode()
                .put("exitCode", exitCode)
                .put("reason", exitCode == 0 ? "Completed" : "Error")
                .put("startedAt", now)
                .put("finishedAt", now);
        if (exitCode != 0) {
            world.runs().failure(pod).ifPresent(said -> terminated.put("message", said));
        }
        return terminated;
    }

    private static JsonNode lastState(JsonNode old, ObjectNode to) {
        return old.has("lastState") ? old.get("lastState") : to.objectNode();
    }

    private static JsonNode named(JsonNode statuses, String name) {
        for (JsonNode status : statuses) {
            if (text(status, "name").equals(name)) {
                return status;
            }
        }
        return statuses.path(-1);
    }

    private static String unready(ObjectNode status) {
        return Fields.objects(status.path("containerStatuses")).stream()
                .filter(c -> !c.path("ready").asBoolean())
                .map(c -> text(c, "name"))
                .toList()
                .toString();
    }
}
