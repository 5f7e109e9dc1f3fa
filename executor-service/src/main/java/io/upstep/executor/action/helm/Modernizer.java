package io.upstep.executor.action.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.executor.action.kubernetes.Manifest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lifts objects of old charts to the API versions a server of today still serves, where the change is a mechanical one. */
final class Modernizer {
    private static final Set<String> OLD = Set.of("extensions/v1beta1", "apps/v1beta1", "apps/v1beta2");
    private static final Set<String> WORKLOADS = Set.of("Deployment", "DaemonSet", "StatefulSet", "ReplicaSet");
    private static final Map<String, String> RENAMED = Map.of(
            "rbac.authorization.k8s.io/v1beta1", "rbac.authorization.k8s.io/v1",
            "rbac.authorization.k8s.io/v1alpha1", "rbac.authorization.k8s.io/v1",
            "batch/v1beta1", "batch/v1",
            "policy/v1beta1", "policy/v1");

    private Modernizer() {}

    /** The object as it is to be today; empty if it is so already. */
    static Optional<ObjectNode> lifted(ObjectNode object) {
        String version = object.path("apiVersion").asText();
        String kind = Manifest.kind(object);
        if (OLD.contains(version) && WORKLOADS.contains(kind)) {
            return Optional.of(workload(object.deepCopy()));
        }
        if (kind.equals("Ingress")
                && (version.equals("extensions/v1beta1") || version.equals("networking.k8s.io/v1beta1"))) {
            return Optional.of(ingress(object.deepCopy()));
        }
        if (kind.equals("NetworkPolicy") && version.equals("extensions/v1beta1")) {
            return Optional.of(object.deepCopy().put("apiVersion", "networking.k8s.io/v1"));
        }
        boolean renamed = RENAMED.containsKey(version) && !kind.equals("PodSecurityPolicy");
        return renamed ? Optional.of(object.deepCopy().put("apiVersion", RENAMED.get(version))) : Optional.empty();
    }

    /** The selector used to be taken from the pods' labels when it was not said. */
    private static ObjectNode workload(ObjectNode object) {
        object.put("apiVersion", "apps/v1");
        ObjectNode spec = Manifest.child(object, "spec");
        spec.remove("rollbackTo");
        if (spec.path("selector").isEmpty()) {
            JsonNode labels = spec.at("/template/metadata/labels");
            spec.putObject("selector").set("matchLabels", labels.deepCopy());
        }
        return object;
    }

    private static ObjectNode ingress(ObjectNode object) {
        object.put("apiVersion", "networking.k8s.io/v1");
        if (object.path("spec") instanceof ObjectNode spec) {
            if (spec.get("backend") instanceof ObjectNode backend) {
                spec.remove("backend");
                spec.set("defaultBackend", backend(backend));
            }
            for (JsonNode rule : spec.path("rules")) {
                for (JsonNode path : rule.path("http").path("paths")) {
                    ObjectNode one = (ObjectNode) path;
                    one.put("pathType", one.path("pathType").asText("ImplementationSpecific"));
                    if (one.get("backend") instanceof ObjectNode backend) {
                        one.set("backend", backend(backend));
                    }
                }
            }
        }
        return object;
    }

    private static JsonNode backend(ObjectNode old) {
        if (!old.has("serviceName")) {
            return old;
        }
        ObjectNode backend = old.objectNode();
        ObjectNode service = backend.putObject("service");
        service.set("name", old.get("serviceName"));
        JsonNode port = old.path("servicePort");
        service.putObject("port").set(port.isNumber() ? "number" : "name", port);
        return backend;
    }
}
