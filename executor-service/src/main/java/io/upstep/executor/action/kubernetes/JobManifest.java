package io.upstep.executor.action.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.executor.action.StepContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the manifest of a step's Job. */
final class JobManifest {
    /** The Job's name becomes a label of its pods. */
    private static final int LONGEST = 63;

    private static final List<String> LENT_BY_CONTAINER = List.of("env", "envFrom", "volumeMounts", "securityContext");
    private static final List<String> LENT_BY_POD = List.of(
            "volumes", "serviceAccountName", "imagePullSecrets", "securityContext", "nodeSelector", "tolerations");

    private final RunJobAction.With with;
    private final StepContext context;
    private final JobPlacement placement;

    JobManifest(RunJobAction.With with, StepContext context) {
        this.with = with;
        this.context = context;
        this.placement = new JobPlacement(with);
    }

    /** @param lender the Deployment whose surroundings the Job is to have; or null */
    ObjectNode suspended(ObjectNode lender) {
        ObjectNode job = JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", "batch/v1")
                .put("kind", "Job");
        job.putObject("metadata").put("name", name()).put("namespace", context.namespace());
        StepLabels.put(job, context.attempt());
        ObjectNode spec = job.putObject("spec").put("suspend", true);
        if (with.backoffLimit() != null) {
            spec.put("backoffLimit", with.backoffLimit());
        }
        if (with.deadline() != null) {
            spec.put("activeDeadlineSeconds", Math.max(1, with.deadline().toSeconds()));
        }
        ObjectNode template = spec.putObject("template");
        // Only these labels: with the lender's own its Service would send the Job's pod requests.
        template.set(
                "metadata",
                JsonNodeFactory.instance
                        .objectNode()
                        .set("labels", job.at("/metadata/labels").deepCopy()));
        template.set("spec", pod(lender));
        return job;
    }

    private String name() {
        String suffix =
                "-" + context.attempt().attempt() + "-" + context.attempt().epoch();
        int room = LONGEST - suffix.length();
        String base = with.name().length() <= room ? with.name() : with.name().substring(0, room);
        return base.replaceAll("-+$", "") + suffix;
    }

    private ObjectNode pod(ObjectNode lender) {
        ObjectNode pod = JsonNodeFactory.instance.objectNode().put("restartPolicy", "Never");
        JsonNode lent = lender == null
                ? JsonNodeFactory.instance.objectNode()
                : PodTemplate.of(lender).path("spec");
        copy(lent, pod, LENT_BY_POD);
        if (with.serviceAccount() != null) {
            pod.put("serviceAccountName", with.serviceAccount());
        }
        placement.onto(pod);
        pod.putArray("containers").add(container(lent.path("containers").path(0)));
        return pod;
    }

    private ObjectNode container(JsonNode lent) {
        ObjectNode container = JsonNodeFactory.instance.objectNode().put("name", with.name());
        container.put("image", with.image() == null ? lent.path("image").asText() : with.image());
        copy(lent, container, LENT_BY_CONTAINER);
        strings(container, "command", with.command());
        strings(container, "args", with.args());
        environment(container);
        placement.into(container);
        if (with.envFrom() != null) {
            ArrayNode all = container.withArrayProperty("envFrom");
            with.envFrom().forEach(all::add);
        }
        return container;
    }

    /** What the step says overrides what the Deployment lends. */
    private void environment(ObjectNode container) {
        Map<String, JsonNode> byName = new LinkedHashMap<>();
        container.path("env").forEach(entry -> byName.put(entry.path("name").asText(), entry));
        if (with.env() != null && with.env().isArray()) {
            with.env().forEach(entry -> byName.put(entry.path("name").asText(), entry));
        } else if (with.env() != null) {
            with.env().properties().forEach(e -> byName.put(e.getKey(), entry(e.getKey(), e.getValue())));
        }
        if (!byName.isEmpty()) {
            byName.values().forEach(container.putArray("env")::add);
        }
    }

    private static ObjectNode entry(String name, JsonNode value) {
        return JsonNodeFactory.instance.objectNode().put("name", name).put("value", value.asText());
    }

    private static void strings(ObjectNode container, String key, List<String> values) {
        if (!values.isEmpty()) {
            values.forEach(container.putArray(key)::add);
        }
    }

    private static void copy(JsonNode from, ObjectNode to, List<String> keys) {
        for (String key : keys) {
            if (from.has(key)) {
                to.set(key, from.get(key).deepCopy());
            }
        }
    }
}
