package io.upstep.verifier.cluster;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A kind of Kubernetes object and where the API server keeps it. */
public record Kind(String apiVersion, String name, String plural, boolean namespaced) {
    private static final Map<String, Kind> BUILT_IN = Stream.of(
                    of("v1", "Pod", "pods"),
                    of("v1", "Service", "services"),
                    of("v1", "ConfigMap", "configmaps"),
                    of("v1", "Secret", "secrets"),
                    of("v1", "ServiceAccount", "serviceaccounts"),
                    of("v1", "PersistentVolumeClaim", "persistentvolumeclaims"),
                    of("v1", "Endpoints", "endpoints"),
                    of("v1", "Event", "events"),
                    of("v1", "ReplicationController", "replicationcontrollers"),
                    of("apps/v1", "Deployment", "deployments"),
                    of("apps/v1", "StatefulSet", "statefulsets"),
                    of("apps/v1", "DaemonSet", "daemonsets"),
                    of("apps/v1", "ReplicaSet", "replicasets"),
                    of("apps/v1", "ControllerRevision", "controllerrevisions"),
                    of("batch/v1", "Job", "jobs"),
                    of("batch/v1", "CronJob", "cronjobs"),
                    of("autoscaling/v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers"),
                    of("policy/v1", "PodDisruptionBudget", "poddisruptionbudgets"),
                    of("networking.k8s.io/v1", "Ingress", "ingresses"),
                    of("networking.k8s.io/v1", "NetworkPolicy", "networkpolicies"),
                    of("coordination.k8s.io/v1", "Lease", "leases"),
                    of("rbac.authorization.k8s.io/v1", "Role", "roles"),
                    of("rbac.authorization.k8s.io/v1", "RoleBinding", "rolebindings"),
                    wide("rbac.authorization.k8s.io/v1", "ClusterRole", "clusterroles"),
                    wide("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", "clusterrolebindings"),
                    wide("v1", "Namespace", "namespaces"),
                    wide("v1", "Node", "nodes"),
                    wide("v1", "PersistentVolume", "persistentvolumes"),
                    wide("storage.k8s.io/v1", "StorageClass", "storageclasses"),
                    wide("apiextensions.k8s.io/v1", "CustomResourceDefinition", "customresourcedefinitions"))
            .collect(Collectors.toMap(Kind::name, Function.identity()));

    /** One of Kubernetes' own kinds; these need no question to the API server. */
    public static Optional<Kind> builtIn(String name, String apiVersion) {
        return Optional.ofNullable(BUILT_IN.get(name))
                .filter(kind -> apiVersion == null || kind.apiVersion.equals(apiVersion));
    }

    /** One of Kubernetes' own kinds that this code names itself. */
    public static Kind builtIn(String name) {
        return BUILT_IN.get(name);
    }

    /** Where a group's kinds are, for example {@code apis/apps/v1}. */
    static String group(String apiVersion) {
        return (apiVersion.contains("/") ? "apis/" : "api/") + apiVersion;
    }

    /** Where the kind's objects are. */
    String path(String namespace) {
        return group(apiVersion) + (namespaced ? "/namespaces/" + namespace : "") + "/" + plural;
    }

    private static Kind of(String apiVersion, String name, String plural) {
        return new Kind(apiVersion, name, plural, true);
    }

    private static Kind wide(String apiVersion, String name, String plural) {
        return new Kind(apiVersion, name, plural, false);
    }
}
