package io.upstep.simulator.controller;

import static io.upstep.simulator.store.Fields.at;
import static io.upstep.simulator.store.Fields.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.store.Fields;
import io.upstep.simulator.store.Key;
import io.upstep.simulator.store.Meta;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Runs pods: each goes from one stage to the next after its time, as far as its containers behave. */
final class Kubelet implements Controller {
    private static final int LONGEST_BACK_OFF = 5;

    private final World world;
    private final Consumer<Key> enqueue;
    /** What each pod is waiting for, by its uid, so that no step is begun twice. */
    private final Map<String, Stage> armed = new HashMap<>();

    Kubelet(World world, Consumer<Key> enqueue) {
        this.world = world;
        this.enqueue = enqueue;
    }

    @Override
    public String resource() {
        return "pods";
    }

    @Override
    public void reconcile(Key key) {
        world.store().get(key).ifPresent(pod -> {
            if (Meta.isBeingDeleted(pod)) {
                if (world.runs().ended(pod, () -> enqueue.accept(key))) {
                    step(pod, Stage.GONE, world.pace().stop());
                }
            } else if (!Pods.isDone(pod)) {
                next(pod);
            }
        });
    }

    private void next(ObjectNode pod) {
        Behaviour behaviour = worst(pod);
        Stage stage = Stage.of(pod);
        switch (stage) {
            case NEW -> step(pod, Stage.SCHEDULED, Duration.ZERO);
            case SCHEDULED ->
                step(pod, behaviour == Behaviour.BROKEN ? Stage.PULL_FAILED : Stage.RUNNING, start(behaviour));
            case BACKING_OFF -> step(pod, Stage.RUNNING, backOff(pod));
            case RUNNING -> running(pod, behaviour);
            default -> {
                // Ready pods, and those that cannot be pulled, stay as they are.
            }
        }
    }

    private void running(ObjectNode pod, Behaviour behaviour) {
        boolean ends = !text(pod, "spec", "restartPolicy").equals("Always");
        Key key = Pods.key(pod);
        if (world.runs().begin(pod, () -> enqueue.accept(key)) == Runs.State.GOING) {
            return;
        }
        if (behaviour == Behaviour.CRASHLOOP) {
            step(pod, ends ? Stage.FAILED : Stage.BACKING_OFF, world.pace().crash());
        } else if (ends) {
            step(
                    pod,
                    behaviour == Behaviour.FAILS ? Stage.FAILED : Stage.SUCCEEDED,
                    world.pace().run());
        } else if (behaviour != Behaviour.NEVER_READY) {
            step(pod, Stage.READY, world.pace().ready(behaviour));
        }
    }

    private Duration start(Behaviour behaviour) {
        return world.pace().start(behaviour);
    }

    private Duration backOff(JsonNode pod) {
        int restarts = at(pod, "status", "containerStatuses")
                .path(0)
                .path("restartCount")
                .asInt();
        return world.pace().crash().multipliedBy(1L << Math.min(restarts, LONGEST_BACK_OFF));
    }

    private void step(ObjectNode pod, Stage to, Duration delay) {
        if (armed.put(Meta.uid(pod), to) != to) {
            world.timeline().after(delay, () -> arrive(Pods.key(pod), Meta.uid(pod), to));
        }
    }

    private void arrive(Key key, String uid, Stage to) {
        world.store().atomically(() -> {
            if (armed.remove(uid, to)) {
                world.store()
                        .get(key)
                        .filter(pod -> Meta.uid(pod).equals(uid))
                        .filter(pod -> to == Stage.GONE || !Meta.isBeingDeleted(pod))
                        .ifPresent(pod -> enter(key, pod, to));
            }
            return null;
        });
    }

    private void enter(Key key, ObjectNode pod, Stage to) {
        if (to == Stage.GONE) {
            world.runs().forget(pod);
            world.deletion().finish(key);
            return;
        }
        PodStatus status = new PodStatus(world, pod);
        world.store().modify(key, o -> status.entering(to, o));
        status.tell(to);
    }

    private Behaviour worst(ObjectNode pod) {
        return Fields.objects(at(pod, "spec", "containers")).stream()
                .map(c -> world.characters().of(pod, c))
                .filter(b -> b != Behaviour.GOOD)
                .findFirst()
                .orElse(Behaviour.GOOD);
    }
}
