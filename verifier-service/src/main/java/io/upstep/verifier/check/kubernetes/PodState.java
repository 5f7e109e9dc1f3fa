package io.upstep.verifier.check.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.verifier.cluster.KubeObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a pod's status says about how it is doing. */
record PodState(KubeObject pod) {

    boolean isReady() {
        return !pod.isTerminating() && pod.hasCondition("Ready", "True");
    }

    /** Since when it is ready; empty while it is not, or when the status does not say. */
    Optional<Instant> readySince() {
        return pod.each("/status/conditions").stream()
                .filter(condition -> condition.path("type").asText().equals("Ready")
                        && condition.path("status").asText().equals("True")
                        && condition.hasNonNull("lastTransitionTime"))
                .map(condition ->
                        Instant.parse(condition.path("lastTransitionTime").asText()))
                .findFirst();
    }

    boolean hasFinished() {
        return "Succeeded".equals(pod.text("/status/phase"));
    }

    boolean hasFailed() {
        return "Failed".equals(pod.text("/status/phase"));
    }

    /** Containers that wait for something other than being started, as {@code container api: CrashLoopBackOff}. */
    List<String> stuckContainers() {
        return containers()
                .filter(container -> {
                    String reason = waitingReason(container);
                    return !reason.isEmpty()
                            && !reason.equals("ContainerCreating")
                            && !reason.equals("PodInitializing");
                })
                .map(container -> "container " + container.path("name").asText() + ": " + waitingReason(container))
                .toList();
    }

    List<JsonNode> mainContainers() {
        return pod.each("/status/containerStatuses");
    }

    /** In a few words, for people. */
    String describe() {
        if (pod.isTerminating()) {
            return "terminating";
        }
        List<String> stuck = stuckContainers();
        if (!stuck.isEmpty()) {
            return String.join(", ", stuck);
        }
        String phase = pod.text("/status/phase");
        String reason = pod.text("/status/reason");
        String said = phase == null ? "no status yet" : reason == null ? phase : phase + ", " + reason;
        return isReady() ? "ready" : "not ready (" + said + ")";
    }

    private Stream<JsonNode> containers() {
        return Stream.concat(pod.each("/status/initContainerStatuses").stream(), mainContainers().stream());
    }

    private static String waitingReason(JsonNode container) {
        return container.at("/state/waiting/reason").asText("");
    }
}
