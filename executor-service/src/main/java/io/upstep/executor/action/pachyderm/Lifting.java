package io.upstep.executor.action.pachyderm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Says API versions of Pachyderm's time by their later names, which every cluster since has served. */
final class Lifting {
    private static final Map<String, String> LATER = Map.of(
            "apps/v1beta1/Deployment", "apps/v1",
            "apps/v1beta1/StatefulSet", "apps/v1",
            "apps/v1beta2/Deployment", "apps/v1",
            "apps/v1beta2/StatefulSet", "apps/v1",
            "extensions/v1beta1/Deployment", "apps/v1",
            "storage.k8s.io/v1beta1/StorageClass", "storage.k8s.io/v1");
    private static final String RBAC = "rbac.authorization.k8s.io/";

    private Lifting() {}

    static void lift(ObjectNode manifest) {
        String version = manifest.path("apiVersion").asText();
        if (version.startsWith(RBAC)) {
            manifest.put("apiVersion", RBAC + "v1");
        } else {
            manifest.put(
                    "apiVersion",
                    LATER.getOrDefault(version + "/" + manifest.path("kind").asText(), version));
        }
        manifest.remove("status");
        requireSelector(manifest);
    }

    /** Before 1.7 pachctl knew no namespace but default, and bound roles to the account there. */
    static void bindHere(ObjectNode manifest, String namespace) {
        manifest.path("subjects").forEach(subject -> {
            if (subject.path("kind").asText().equals("ServiceAccount")) {
                ((ObjectNode) subject).put("namespace", namespace);
            }
        });
    }

    /** Two in one cluster cannot have the same: then the cluster chooses. */
    static void dropNodePorts(ObjectNode manifest) {
        if (manifest.path("kind").asText().equals("Service")) {
            manifest.at("/spec/ports").forEach(port -> ((ObjectNode) port).remove("nodePort"));
        }
    }

    /** Before apps/v1 a workload that named none selected the pods by all of their labels. */
    private static void requireSelector(ObjectNode manifest) {
        boolean workload = manifest.path("apiVersion").asText().equals("apps/v1");
        if (workload && manifest.at("/spec/selector").isEmpty() && manifest.path("spec") instanceof ObjectNode spec) {
            spec.putObject("selector").set("matchLabels", spec.at("/template/metadata/labels"));
        }
    }
}
