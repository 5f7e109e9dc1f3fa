package io.upstep.simulator.rules;

import static io.upstep.simulator.store.Fields.child;
import static io.upstep.simulator.store.Fields.defaultTo;
import static io.upstep.simulator.store.Fields.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.store.Fields;
import java.util.List;

/** Fills in what a pod's spec does not say. */
final class PodDefaults {
    private PodDefaults() {}

    static void apply(ObjectNode spec) {
        defaultTo(spec, "restartPolicy", "Always");
        defaultTo(spec, "terminationGracePeriodSeconds", 30);
        defaultTo(spec, "dnsPolicy", "ClusterFirst");
        defaultTo(spec, "schedulerName", "default-scheduler");
        child(spec, "securityContext");
        if (spec.hasNonNull("serviceAccountName")) {
            spec.put("serviceAccount", text(spec, "serviceAccountName"));
        }
        Fields.objects(spec.path("initContainers")).forEach(PodDefaults::container);
        Fields.objects(spec.path("containers")).forEach(PodDefaults::container);
    }

    private static void container(ObjectNode container) {
        child(container, "resources");
        defaultTo(container, "terminationMessagePath", "/dev/termination-log");
        defaultTo(container, "terminationMessagePolicy", "File");
        defaultTo(container, "imagePullPolicy", isLatest(text(container, "image")) ? "Always" : "IfNotPresent");
        Fields.objects(container.path("ports")).forEach(p -> defaultTo(p, "protocol", "TCP"));
        for (String probe : List.of("readinessProbe", "livenessProbe", "startupProbe")) {
            if (container.get(probe) instanceof ObjectNode there) {
                probe(there);
            }
        }
    }

    private static void probe(ObjectNode probe) {
        defaultTo(probe, "timeoutSeconds", 1);
        defaultTo(probe, "periodSeconds", 10);
        defaultTo(probe, "successThreshold", 1);
        defaultTo(probe, "failureThreshold", 3);
        if (probe.get("httpGet") instanceof ObjectNode http) {
            defaultTo(http, "scheme", "HTTP");
        }
    }

    private static boolean isLatest(String image) {
        String last = image.substring(image.lastIndexOf('/') + 1);
        return !last.contains(":") && !last.contains("@") || last.endsWith(":latest");
    }
}
