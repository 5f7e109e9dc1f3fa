package io.upstep.verifier.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.StringJoiner;

/** The pod and the port of it that answer for a port of a Service at the moment. */
record Backend(String pod, int port) {

    static Backend of(KubeObject service, int port, ClusterReader cluster, String namespace) {
        JsonNode entry = entry(service, port);
        KubeObject pod = cluster.list(Kind.builtIn("Pod"), namespace, selector(service)).stream()
                .filter(candidate -> candidate.hasCondition("Ready", "True") && !candidate.isTerminating())
                .min(Comparator.comparing(KubeObject::name))
                .orElseThrow(() -> new NoAnswerException("no pod behind " + service + " is ready"));
        return new Backend(pod.name(), target(entry, pod));
    }

    private static JsonNode entry(KubeObject service, int port) {
        List<JsonNode> ports = service.each("/spec/ports");
        return ports.stream()
                .filter(entry -> entry.path("port").asInt() == port)
                .findFirst()
                .orElseThrow(() -> new NoAnswerException("expected " + service + " to have the port " + port
                        + ", it has only "
                        + ports.stream()
                                .map(entry -> entry.path("port").asText())
                                .toList()));
    }

    private static String selector(KubeObject service) {
        StringJoiner labels = new StringJoiner(",");
        service.at("/spec/selector")
                .fields()
                .forEachRemaining(label ->
                        labels.add(label.getKey() + "=" + label.getValue().asText()));
        if (labels.length() == 0) {
            throw new NoAnswerException(
                    "expected " + service + " to select pods, but it has no selector; name its host instead");
        }
        return labels.toString();
    }

    private static int target(JsonNode entry, KubeObject pod) {
        JsonNode target = entry.path("targetPort");
        if (target.isMissingNode() || target.isNull()) {
            return entry.path("port").asInt();
        }
        if (target.isInt()) {
            return target.asInt();
        }
        return pod.each("/spec/containers").stream()
                .flatMap(container -> new KubeObject(container.deepCopy()).each("/ports").stream())
                .filter(port -> port.path("name").asText().equals(target.asText()))
                .map(port -> port.path("containerPort").asInt())
                .findFirst()
                .orElseThrow(() -> new NoAnswerException(pod + " has no port named " + target.asText()));
    }
}
