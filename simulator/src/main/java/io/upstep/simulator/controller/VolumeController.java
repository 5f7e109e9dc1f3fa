package io.upstep.simulator.controller;

import static io.upstep.simulator.store.Fields.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.store.Key;
import io.upstep.simulator.store.Meta;
import java.util.function.Consumer;

/** Has the claims that wait for a volume look at it again when it changed. */
final class VolumeController implements Controller {
    static final String RESOURCE = "persistentvolumes";

    private final World world;
    private final Consumer<Key> enqueue;

    VolumeController(World world, Consumer<Key> enqueue) {
        this.world = world;
        this.enqueue = enqueue;
    }

    @Override
    public String resource() {
        return RESOURCE;
    }

    @Override
    public void reconcile(Key key) {
        world.store().list(ClaimController.RESOURCE, "").stream()
                .filter(c -> waitsFor(c, key.name()))
                .map(c -> new Key(ClaimController.RESOURCE, Meta.namespace(c), Meta.name(c)))
                .forEach(enqueue);
    }

    private static boolean waitsFor(ObjectNode claim, String volume) {
        return text(claim, "spec", "volumeName").equals(volume)
                && !text(claim, "status", "phase").equals("Bound");
    }
}
