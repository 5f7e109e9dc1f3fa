package io.upstep.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.SimulatedCluster;
import io.upstep.simulator.store.Key;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What an installation's objects say, without what differs although nothing that counts has changed. */
final class InstalledObjects {
    private static final Set<String> KINDS =
            Set.of("deployments.apps", "statefulsets.apps", "services", "configmaps", "secrets");

    private InstalledObjects() {}

    /** The objects of a namespace that nobody made for an upgrade, by kind and name. */
    static Map<String, JsonNode> of(SimulatedCluster cluster, String namespace) {
        Map<String, JsonNode> objects = new TreeMap<>();
        cluster.snapshot().objects().forEach((key, object) -> {
            boolean ours = object.at("/metadata/labels/app.kubernetes.io~1managed-by")
                    .asText()
                    .equals("upstep");
            if (key.namespace().equals(namespace) && KINDS.contains(key.resource()) && !ours) {
                objects.put(key.resource() + "/" + key.name(), bare(object));
            }
        });
        return objects;
    }

    /** How many ready pods of its newest version a Deployment has, when all others are gone. */
    static int ready(SimulatedCluster cluster, String namespace, String deployment) {
        JsonNode status = cluster.snapshot()
                .objects()
                .get(new Key("deployments.apps", namespace, deployment))
                .path("status");
        boolean rolledOut = status.path("updatedReplicas").equals(status.path("replicas"));
        return rolledOut ? status.path("readyReplicas").asInt() : 0;
    }

    private static JsonNode bare(ObjectNode object) {
        ObjectNode bare = object.deepCopy();
        bare.remove("status");
        ObjectNode metadata = (ObjectNode) bare.path("metadata");
        metadata.remove(List.of("resourceVersion", "generation", "managedFields"));
        if (metadata.path("annotations") instanceof ObjectNode annotations) {
            // Who wrote last, and how often pods were replaced: both have gone on, not back.
            annotations
                    .properties()
                    .removeIf(entry -> entry.getKey().startsWith("upstep.io/")
                            || entry.getKey().equals("deployment.kubernetes.io/revision"));
            if (annotations.isEmpty()) {
                metadata.remove("annotations");
            }
        }
        return bare;
    }
}
