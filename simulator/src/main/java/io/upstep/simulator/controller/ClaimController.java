package io.upstep.simulator.controller;

import static io.upstep.simulator.store.Fields.at;
import static io.upstep.simulator.store.Fields.child;
import static io.upstep.simulator.store.Fields.defaultTo;
import static io.upstep.simulator.store.Fields.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.store.Key;
import io.upstep.simulator.store.Meta;
import java.util.UUID;

/** Binds each volume claim to a volume made for it, and releases or deletes the volume when the claim goes. */
final class ClaimController implements Controller {
    static final String RESOURCE = "persistentvolumeclaims";

    private final World world;
    private final StorageClasses classes;

    ClaimController(World world) {
        this.world = world;
        this.classes = new StorageClasses(world.store());
    }

    @Override
    public String resource() {
        return RESOURCE;
    }

    @Override
    public void reconcile(Key key) {
        ObjectNode claim = world.store().get(key).orElse(null);
        if (claim == null) {
            release(key);
        } else if (!text(claim, "status", "phase").equals("Bound")) {
            bind(key, claim);
        }
    }

    private void bind(Key key, ObjectNode claim) {
        String wanted = text(claim, "spec", "volumeName");
        String volume = wanted.isEmpty() ? "pvc-" + Meta.uid(claim) : wanted;
        Key volumeKey = new Key(VolumeController.RESOURCE, "", volume);
        if (wanted.isEmpty()) {
            world.store().put(volumeKey, volume(claim, volume));
        } else if (world.store().get(volumeKey).filter(v -> isFreeFor(v, claim)).isEmpty()) {
            // As in reality it waits: for the volume to come, or for somebody to free it of the claim it had.
            world.store().modify(key, o -> {
                child(o, "status").put("phase", "Pending");
                return o;
            });
            return;
        }
        world.store().modify(volumeKey, o -> {
            child(o, "spec").set("claimRef", reference(claim));
            child(o, "status").put("phase", "Bound");
            return o;
        });
        world.store().modify(key, o -> {
            child(o, "spec").put("volumeName", volume);
            defaultTo(child(o, "spec"), "storageClassName", classes.of(o));
            ObjectNode status = child(o, "status").put("phase", "Bound");
            status.set("accessModes", at(o, "spec", "accessModes").deepCopy());
            status.set("capacity", at(o, "spec", "resources", "requests").deepCopy());
            return o;
        });
    }

    private ObjectNode volume(ObjectNode claim, String name) {
        ObjectNode volume = JsonNodeFactory.instance.objectNode();
        volume.put("apiVersion", "v1").put("kind", "PersistentVolume");
        Meta.of(volume).put("name", name).put("uid", UUID.randomUUID().toString());
        Meta.of(volume).put("creationTimestamp", world.timestamps().now());
        ObjectNode spec = volume.putObject("spec");
        spec.set("capacity", at(claim, "spec", "resources", "requests").deepCopy());
        spec.set("accessModes", at(claim, "spec", "accessModes").deepCopy());
        String storageClass = classes.of(claim);
        spec.put("persistentVolumeReclaimPolicy", classes.reclaimPolicy(storageClass));
        spec.put("storageClassName", storageClass);
        spec.putObject("hostPath").put("path", "/simulated/" + name);
        volume.putObject("status").put("phase", "Available");
        return volume;
    }

    private static boolean isFreeFor(ObjectNode volume, ObjectNode claim) {
        JsonNode had = at(volume, "spec", "claimRef");
        String uid = text(had, "uid");
        boolean meant = text(had, "name").equals(Meta.name(claim))
                && text(had, "namespace").equals(Meta.namespace(claim));
        return !had.isObject() || (meant && (uid.isEmpty() || uid.equals(Meta.uid(claim))));
    }

    private static ObjectNode reference(ObjectNode claim) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", "v1")
                .put("kind", "PersistentVolumeClaim")
                .put("namespace", Meta.namespace(claim))
                .put("name", Meta.name(claim))
                .put("uid", Meta.uid(claim));
    }

    private void release(Key claim) {
        world.store().list("persistentvolumes", "").stream()
                .filter(v -> text(v, "spec", "claimRef", "name").equals(claim.name())
                        && text(v, "spec", "claimRef", "namespace").equals(claim.namespace()))
                .forEach(v -> {
                    Key key = new Key("persistentvolumes", "", Meta.name(v));
                    if (text(v, "spec", "persistentVolumeReclaimPolicy").equals("Delete")) {
                        world.store().remove(key);
                    } else {
                        world.store().modify(key, o -> {
                            child(o, "status").put("phase", "Released");
                            return o;
                        });
                    }
                });
    }
}
