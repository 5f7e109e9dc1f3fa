package io.upstep.executor.action.pachyderm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.kubernetes.FencedObjects;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compares what was rendered with what runs: a redeploy with other arguments would start etcd on other volumes, and all that
 * Pachyderm knows would be gone. Images, ports and settings may differ; workloads, and where they keep their data, may not.
 */
final class SameDeployment {
    private static final List<String> WORKLOADS = List.of("StatefulSet", "Deployment");
    private static final String DASH = "Deployment dash";

    private final FencedObjects objects;
    private final String selector;

    SameDeployment(FencedObjects objects, String selector) {
        this.objects = objects;
        this.selector = selector;
    }

    /** @throws ActionException {@code deploy-arguments-differ}, naming every difference */
    void require(List<ObjectNode> rendered) {
        Map<String, String> wanted = new TreeMap<>();
        rendered.stream()
                .filter(manifest -> WORKLOADS.contains(kind(manifest)))
                .forEach(manifest -> wanted.put(title(manifest), storage(manifest)));
        Map<String, String> running = new TreeMap<>();
        for (String kind : WORKLOADS) {
            objects.list(objects.kind(kind, null), selector)
                    .forEach(object -> running.put(title(object), storage(object)));
        }
        List<String> differences = differences(wanted, running);
        if (!differences.isEmpty()) {
            throw ActionException.permanent(
                    "deploy-arguments-differ",
                    "expected the deploy arguments of what runs, and with them these would differ: "
                            + String.join("; ", differences)
                            + "; give the very arguments with which it was deployed. Nothing was changed");
        }
    }

    private static List<String> differences(Map<String, String> wanted, Map<String, String> running) {
        TreeSet<String> titles = new TreeSet<>(wanted.keySet());
        titles.addAll(running.keySet());
        // The dashboard keeps nothing, and deploying it is a matter of taste.
        titles.remove(DASH);
        List<String> differences = new ArrayList<>();
        for (String title : titles) {
            String now = running.getOrDefault(title, "not there");
            String then = wanted.getOrDefault(title, "not there");
            if (!now.equals(then)) {
                differences.add(title + " is " + now + " and would be " + then);
            }
        }
        return differences;
    }

    private static String storage(JsonNode workload) {
        List<String> parts = new ArrayList<>();
        if (kind(workload).equals("StatefulSet")) {
            parts.add(workload.at("/spec/replicas").asInt(1) + " of it");
        }
        for (JsonNode claim : workload.at("/spec/volumeClaimTemplates")) {
            parts.add("claims " + claim.at("/metadata/name").asText() + storageClass(claim) + " of "
                    + claim.at("/spec/resources/requests/storage").asText());
        }
        for (JsonNode volume : workload.at("/spec/template/spec/volumes")) {
            String name = volume.at("/persistentVolumeClaim/claimName").asText();
            String path = volume.at("/hostPath/path").asText();
            if (!name.isEmpty()) {
                parts.add("claim " + name);
            } else if (!path.isEmpty() && !path.equals("/var/run/docker.sock")) {
                parts.add("host path " + path);
            }
        }
        return parts.isEmpty() ? "there, with no data of its own" : String.join(", ", parts);
    }

    private static String storageClass(JsonNode claim) {
        String named = claim.at("/spec/storageClassName").asText();
        String annotated = claim.path("metadata")
                .path("annotations")
                .path("volume.beta.kubernetes.io/storage-class")
                .asText();
        String either = named.isEmpty() ? annotated : named;
        return either.isEmpty() ? "" : " of class " + either;
    }

    private static String kind(JsonNode object) {
        return object.path("kind").asText();
    }

    private static String title(JsonNode object) {
        return kind(object) + " " + object.at("/metadata/name").asText();
    }
}
