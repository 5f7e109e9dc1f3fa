package io.upstep.executor.action.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** Puts a step's own volumes, mounts, node and tolerations into a Job's pod, over those that a Deployment has lent. */
final class JobPlacement {
    private final RunJobAction.With with;

    JobPlacement(RunJobAction.With with) {
        this.with = with;
    }

    void onto(ObjectNode pod) {
        replacing(pod, "volumes", "name", with.volumes());
        if (!with.nodeSelector().isEmpty()) {
            ObjectNode selector = pod.putObject("nodeSelector");
            with.nodeSelector().forEach(selector::put);
        }
        if (with.tolerations() != null) {
            ArrayNode all = pod.withArrayProperty("tolerations");
            with.tolerations().forEach(all::add);
        }
    }

    void into(ObjectNode container) {
        replacing(container, "volumeMounts", "mountPath", with.mounts());
    }

    private static void replacing(ObjectNode owner, String list, String key, JsonNode own) {
        if (own == null || own.isEmpty()) {
            return;
        }
        Map<String, JsonNode> byKey = new LinkedHashMap<>();
        owner.path(list).forEach(entry -> byKey.put(entry.path(key).asText(), entry));
        own.forEach(entry -> byKey.put(entry.path(key).asText(), entry));
        ArrayNode all = owner.putArray(list);
        byKey.values().forEach(all::add);
    }
}
