package io.upstep.simulator.controller;

import static io.upstep.simulator.store.Fields.at;
import static io.upstep.simulator.store.Fields.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.store.Key;
import io.upstep.simulator.store.Meta;
import io.upstep.simulator.store.ObjectStore;
import java.util.UUID;

/** Knows which class a claim gets its volume from, and what becomes of that volume afterwards. */
public final class StorageClasses {
    private static final String RESOURCE = "storageclasses.storage.k8s.io";
    private static final String IS_DEFAULT = "storageclass.kubernetes.io/is-default-class";
    private static final String STANDARD = "standard";

    private final ObjectStore store;

    public StorageClasses(ObjectStore store) {
        this.store = store;
    }

    /** Volumes of this class are kept or deleted from now on; a class that is not there is made. */
    public void reclaim(String storageClass, String policy) {
        Key key = new Key(RESOURCE, "", storageClass);
        store.atomically(() -> store.put(
                key,
                store.get(key)
                        .map(ObjectNode::deepCopy)
                        .orElseGet(() -> make(storageClass))
                        .put("reclaimPolicy", policy)));
    }

    /** The class of a claim: the one it names, or the default one. */
    String of(JsonNode claim) {
        JsonNode named = at(claim, "spec", "storageClassName");
        return named.isTextual()
                ? named.asText()
                : store.list(RESOURCE, "").stream()
                        .filter(c -> Meta.annotation(c, IS_DEFAULT).equals("true"))
                        .map(Meta::name)
                        .findFirst()
                        .orElse(STANDARD);
    }

    String reclaimPolicy(String storageClass) {
        return store.get(new Key(RESOURCE, "", storageClass))
                .map(c -> text(c, "reclaimPolicy"))
                .filter(p -> !p.isEmpty())
                .orElse("Delete");
    }

    private static ObjectNode make(String name) {
        ObjectNode made = JsonNodeFactory.instance.objectNode();
        made.put("apiVersion", "storage.k8s.io/v1").put("kind", "StorageClass");
        Meta.of(made).put("name", name).put("uid", UUID.randomUUID().toString());
        return made.put("provisioner", "simulator.upstep.io/volumes").put("volumeBindingMode", "Immediate");
    }
}
