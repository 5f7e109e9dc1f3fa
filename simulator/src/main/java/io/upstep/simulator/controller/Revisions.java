package io.upstep.simulator.controller;

import static io.upstep.simulator.store.Fields.at;
import static io.upstep.simulator.store.Fields.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.store.Key;
import io.upstep.simulator.store.Meta;
import java.util.UUID;

/** Names the revisions of a pod template, and keeps each as a ControllerRevision. */
final class Revisions {
    static final String LABEL = "controller-revision-hash";
    private static final String RESOURCE = "controllerrevisions.apps";

    private final World world;

    Revisions(World world) {
        this.world = world;
    }

    /** The revision of the template a workload has now. */
    String current(ObjectNode workload) {
        JsonNode template = at(workload, "spec", "template");
        String name = Meta.name(workload) + "-" + Integer.toHexString(template.hashCode() | 0x10000000);
        Key key = new Key(RESOURCE, Meta.namespace(workload), name);
        if (world.store().get(key).isEmpty()) {
            world.store().put(key, revision(workload, key, template));
        }
        return name;
    }

    static String of(JsonNode pod) {
        return text(pod, "metadata", "labels", LABEL);
    }

    private ObjectNode revision(ObjectNode workload, Key key, JsonNode template) {
        long newest = world.store().list(RESOURCE, key.namespace()).stream()
                .filter(r -> Meta.isControlledBy(r, workload))
                .mapToLong(r -> r.path("revision").asLong())
                .max()
                .orElse(0);
        ObjectNode revision = JsonNodeFactory.instance.objectNode();
        revision.put("apiVersion", "apps/v1").put("kind", "ControllerRevision");
        ObjectNode meta = Meta.of(revision);
        meta.put("name", key.name()).put("namespace", key.namespace());
        meta.put("uid", UUID.randomUUID().toString());
        meta.put("creationTimestamp", world.timestamps().now());
        meta.set("labels", at(template, "metadata", "labels").deepCopy());
        Meta.control(revision, workload);
        revision.putObject("data").putObject("spec").set("template", template.deepCopy());
        return revision.put("revision", (int) newest + 1);
    }
}
