package io.upstep.simulator.rules;

import static io.upstep.simulator.store.Fields.child;
import static io.upstep.simulator.store.Fields.defaultTo;
import static io.upstep.simulator.store.Fields.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.store.Fields;
import io.upstep.simulator.store.Meta;
import io.upstep.simulator.store.ResourceType;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Fills in what the API server fills in when an object does not say it. */
public final class Defaults {
    private Defaults() {}

    public static void apply(ResourceType type, ObjectNode object) {
        if (!type.builtIn()) {
            return;
        }
        switch (type.kind()) {
            case "Deployment" -> deployment(child(object, "spec"));
            case "ReplicaSet" -> replicaSet(child(object, "spec"));
            case "StatefulSet" -> statefulSet(child(object, "spec"));
            case "DaemonSet" -> daemonSet(child(object, "spec"));
            case "Job" -> job(object);
            case "Pod" -> {
                PodDefaults.apply(child(object, "spec"));
                defaultTo(child(object, "status"), "phase", "Pending");
            }
            case "Service" -> service(object);
            case "Secret" -> secret(object);
            case "Namespace" -> namespace(object);
            case "PersistentVolumeClaim" -> defaultTo(child(object, "spec"), "volumeMode", "Filesystem");
            case "PersistentVolume" -> defaultTo(child(object, "spec"), "persistentVolumeReclaimPolicy", "Retain");
            default -> {
                // The other kinds have no defaults that matter here.
            }
        }
    }

    private static void deployment(ObjectNode spec) {
        defaultTo(spec, "replicas", 1);
        defaultTo(spec, "revisionHistoryLimit", 10);
        defaultTo(spec, "progressDeadlineSeconds", 600);
        ObjectNode strategy = child(spec, "strategy");
        defaultTo(strategy, "type", "RollingUpdate");
        if (text(strategy, "type").equals("RollingUpdate")) {
            ObjectNode rolling = child(strategy, "rollingUpdate");
            defaultTo(rolling, "maxSurge", "25%");
            defaultTo(rolling, "maxUnavailable", "25%");
        }
        template(spec, "Always");
    }

    private static void replicaSet(ObjectNode spec) {
        defaultTo(spec, "replicas", 1);
        template(spec, "Always");
    }

    private static void statefulSet(ObjectNode spec) {
        defaultTo(spec, "replicas", 1);
        defaultTo(spec, "revisionHistoryLimit", 10);
        defaultTo(spec, "podManagementPolicy", "OrderedReady");
        defaultTo(spec, "serviceName", "");
        ObjectNode strategy = child(spec, "updateStrategy");
        defaultTo(strategy, "type", "RollingUpdate");
        if (text(strategy, "type").equals("RollingUpdate")) {
            defaultTo(child(strategy, "rollingUpdate"), "partition", 0);
        }
        template(spec, "Always");
    }

    private static void daemonSet(ObjectNode spec) {
        defaultTo(spec, "revisionHistoryLimit", 10);
        ObjectNode strategy = child(spec, "updateStrategy");
        defaultTo(strategy, "type", "RollingUpdate");
        if (text(strategy, "type").equals("RollingUpdate")) {
            defaultTo(child(strategy, "rollingUpdate"), "maxSurge", 0);
            defaultTo(child(strategy, "rollingUpdate"), "maxUnavailable", 1);
        }
        template(spec, "Always");
    }

    private static void job(ObjectNode job) {
        ObjectNode spec = child(job, "spec");
        defaultTo(spec, "parallelism", 1);
        defaultTo(spec, "completions", 1);
        defaultTo(spec, "backoffLimit", 6);
        defaultTo(spec, "completionMode", "NonIndexed");
        if (!spec.has("suspend")) {
            spec.put("suspend", false);
        }
        template(spec, "");
    }

    private static void template(ObjectNode spec, String restartPolicy) {
        ObjectNode pod = child(spec, "template", "spec");
        if (!restartPolicy.isEmpty()) {
            defaultTo(pod, "restartPolicy", restartPolicy);
        }
        PodDefaults.apply(pod);
    }

    private static void service(ObjectNode service) {
        ObjectNode spec = child(service, "spec");
        defaultTo(spec, "type", "ClusterIP");
        defaultTo(spec, "sessionAffinity", "None");
        Fields.objects(spec.path("ports")).forEach(port -> {
            defaultTo(port, "protocol", "TCP");
            if (!port.has("targetPort")) {
                port.set("targetPort", port.path("port"));
            }
        });
        if (!text(spec, "type").equals("ExternalName")) {
            int hash = (Meta.namespace(service) + "/" + Meta.name(service)).hashCode();
            defaultTo(spec, "clusterIP", "10.96." + (hash >>> 8 & 0xff) + "." + (hash & 0xff));
        }
    }

    private static void secret(ObjectNode secret) {
        defaultTo(secret, "type", "Opaque");
        if (secret.remove("stringData") instanceof ObjectNode plain) {
            ObjectNode data = child(secret, "data");
            Fields.strings(plain)
                    .forEach((key, value) ->
                            data.put(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        }
    }

    private static void namespace(ObjectNode namespace) {
        if (!namespace.path("spec").has("finalizers")) {
            child(namespace, "spec").putArray("finalizers").add("kubernetes");
        }
        child(namespace, "metadata", "labels").put("kubernetes.io/metadata.name", Meta.name(namespace));
        defaultTo(child(namespace, "status"), "phase", "Active");
    }
}
