package io.upstep.executor.action.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;

/** How a pod does, by its status. */
final class Pods {
    private Pods() {}

    static boolean isReady(JsonNode pod) {
        return !isLeaving(pod)
                && "True".equals(condition(pod, "Ready").path("status").asText());
    }

    /** Whether it waits for something that may never come: its node, its volume, or its container to stop failing. */
    static boolean isStuck(JsonNode pod) {
        String phase = pod.at("/status/phase").asText();
        return !isLeaving(pod)
                && (phase.equals("Pending") || phase.equals("Failed") || phase.isEmpty() || isCrashing(pod));
    }

    /** For people: which pod, its phase, and the reason it gives. */
    static String described(JsonNode pod) {
        StringBuilder text = new StringBuilder("pod ")
                .append(Manifest.name(pod))
                .append(" is ")
                .append(isLeaving(pod) ? "going" : pod.at("/status/phase").asText("not seen by any node yet"));
        for (JsonNode container : pod.at("/status/containerStatuses")) {
            JsonNode waiting = container.at("/state/waiting");
            if (!waiting.isMissingNode()) {
                text.append(", container ")
                        .append(container.path("name").asText())
                        .append(": ")
                        .append(waiting.path("reason").asText());
            }
        }
        JsonNode scheduled = condition(pod, "PodScheduled");
        if (scheduled.path("status").asText().equals("False")) {
            text.append(", ").append(scheduled.path("message").asText());
        }
        return text.toString();
    }

    private static boolean isCrashing(JsonNode pod) {
        for (JsonNode container : pod.at("/status/containerStatuses")) {
            String reason = container.at("/state/waiting/reason").asText();
            if (reason.endsWith("BackOff")
                    || container.at("/state/terminated").path("exitCode").asInt() != 0) {
                return true;
            }
            // Between two crashes it runs for a moment; that it came back is no recovery.
            if (container.path("restartCount").asInt() > 1
                    && !container.path("ready").asBoolean()) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLeaving(JsonNode pod) {
        return !pod.at("/metadata/deletionTimestamp").isMissingNode();
    }

    private static JsonNode condition(JsonNode pod, String type) {
        for (JsonNode condition : pod.at("/status/conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition;
            }
        }
        return pod.path("no such condition");
    }
}
