package io.upstep.verifier.check.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.verifier.cluster.KubeObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The pod template of a workload, and whether a ReplicaSet or a pod was made from it. */
record Template(JsonNode json) {
    private static final String HASH = "pod-template-hash";

    static Template of(KubeObject workload) {
        return new Template(workload.at("/spec/template"));
    }

    /** Whether a ReplicaSet has this template; its controller adds one label. */
    boolean isTheOneOf(KubeObject replicaSet) {
        return normal(json).equals(normal(replicaSet.at("/spec/template")));
    }

    /**
     * Whether the pod runs this template's images. Compared without the registry, because a cluster may put a mirror in
     * front of it; containers that the template does not have were injected.
     */
    boolean hasTheImagesOf(KubeObject pod) {
        Map<String, String> running = new HashMap<>();
        pod.each("/spec/containers")
                .forEach(container -> running.put(container.path("name").asText(), shortImage(container)));
        for (JsonNode container : json.at("/spec/containers")) {
            String image = running.get(container.path("name").asText());
            if (image == null || !image.equals(shortImage(container))) {
                return false;
            }
        }
        return true;
    }

    List<String> images() {
        List<String> images = new ArrayList<>();
        json.at("/spec/containers")
                .forEach(container -> images.add(container.path("image").asText()));
        return images;
    }

    private static String shortImage(JsonNode container) {
        return ImageRef.parse(container.path("image").asText()).shortName();
    }

    private static JsonNode normal(JsonNode template) {
        JsonNode copy = template.deepCopy();
        if (copy.at("/metadata/labels") instanceof ObjectNode labels) {
            labels.remove(HASH);
        }
        dropEmpty(copy);
        return copy;
    }

    /** Absent, null and {} say the same. */
    private static void dropEmpty(JsonNode node) {
        node.forEach(Template::dropEmpty);
        if (node instanceof ObjectNode object) {
            List<String> empty = new ArrayList<>();
            object.fields().forEachRemaining(field -> {
                if (field.getValue().isNull()
                        || (field.getValue().isContainerNode()
                                && field.getValue().isEmpty())) {
                    empty.add(field.getKey());
                }
            });
            object.remove(empty);
        }
    }
}
