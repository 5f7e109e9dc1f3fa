package io.upstep.simulator.controller;

import static io.upstep.simulator.store.Fields.at;
import static io.upstep.simulator.store.Fields.list;
import static io.upstep.simulator.store.Fields.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.store.Fields;
import io.upstep.simulator.store.Key;
import io.upstep.simulator.store.Meta;
import java.util.UUID;

/** Makes the volume claims of a StatefulSet's pods; they outlive the pods and the set. */
final class Claims {
    private final World world;

    Claims(World world) {
        this.world = world;
    }

    /** The pod template of this number, with its own claims mounted. */
    ObjectNode mounted(ObjectNode set, int ordinal) {
        ObjectNode template = at(set, "spec", "template").deepCopy();
        Fields.objects(at(set, "spec", "volumeClaimTemplates")).forEach(claim -> {
            String name = Meta.name(claim) + "-" + Meta.name(set) + "-" + ordinal;
            ensure(set, claim, name);
            mount(list(Fields.child(template, "spec"), "volumes"), Meta.name(claim), name);
        });
        return template;
    }

    private void ensure(ObjectNode set, ObjectNode template, String name) {
        Key key = new Key("persistentvolumeclaims", Meta.namespace(set), name);
        if (world.store().get(key).isPresent()) {
            return;
        }
        ObjectNode claim = JsonNodeFactory.instance.objectNode();
        claim.put("apiVersion", "v1").put("kind", "PersistentVolumeClaim");
        ObjectNode meta = Meta.of(claim);
        meta.put("name", name).put("namespace", key.namespace());
        meta.put("uid", UUID.randomUUID().toString());
        meta.put("creationTimestamp", world.timestamps().now());
        meta.set("labels", labels(set, template));
        if (at(template, "metadata", "annotations").isObject()) {
            meta.set("annotations", at(template, "metadata", "annotations").deepCopy());
        }
        claim.set("spec", template.path("spec").deepCopy());
        claim.putObject("status").put("phase", "Pending");
        world.store().put(key, claim);
    }

    private static ObjectNode labels(JsonNode set, JsonNode template) {
        ObjectNode labels = JsonNodeFactory.instance.objectNode();
        Fields.strings(at(template, "metadata", "labels")).forEach(labels::put);
        Fields.strings(at(set, "spec", "selector", "matchLabels")).forEach(labels::put);
        return labels;
    }

    private static void mount(ArrayNode volumes, String volume, String claim) {
        for (int i = volumes.size() - 1; i >= 0; i--) {
            if (text(volumes.get(i), "name").equals(volume)) {
                volumes.remove(i);
            }
        }
        volumes.addObject()
                .put("name", volume)
                .putObject("persistentVolumeClaim")
                .put("claimName", claim);
    }
}
