package io.upstep.executor.action.kubernetes;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.upstep.executor.action.ActionException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds out where a kind lives: the usual ones are known, others are asked of the API server. */
public final class Kinds {
    public static final Kind SECRET = known(Secret.class);
    public static final Kind POD = known(Pod.class);
    public static final Kind LEASE = known(Lease.class);
    public static final Kind JOB = known(Job.class);
    public static final Kind DEPLOYMENT = known(Deployment.class);

    private static final Map<String, Kind> KNOWN = Stream.of(
                    ConfigMap.class,
                    Event.class,
                    Namespace.class,
                    PersistentVolume.class,
                    PersistentVolumeClaim.class,
                    Pod.class,
                    ReplicationController.class,
                    Secret.class,
                    Service.class,
                    ServiceAccount.class,
                    DaemonSet.class,
                    Deployment.class,
                    ReplicaSet.class,
                    StatefulSet.class,
                    HorizontalPodAutoscaler.class,
                    CronJob.class,
                    Job.class,
                    Ingress.class,
                    NetworkPolicy.class,
                    PodDisruptionBudget.class,
                    ClusterRole.class,
                    ClusterRoleBinding.class,
                    Role.class,
                    RoleBinding.class,
                    StorageClass.class)
            .map(Kinds::known)
            .collect(Collectors.toMap(Kind::name, Function.identity(), (a, b) -> a, TreeMap::new));

    private Kinds() {}

    /** @param apiVersion null for the usual one */
    public static Kind resolve(KubernetesClient client, String kind, String apiVersion) {
        Kind known = KNOWN.get(kind);
        if (known != null && (apiVersion == null || apiVersion.equals(known.apiVersion()))) {
            return known;
        }
        if (apiVersion == null) {
            throw ActionException.permanent(
                    "unknown-kind",
                    "expected one of " + KNOWN.keySet() + " or an apiVersion beside the kind, came '" + kind + "'");
        }
        return discovered(client, kind, apiVersion);
    }

    private static Kind discovered(KubernetesClient client, String kind, String apiVersion) {
        APIResourceList served = client.getApiResources(apiVersion);
        List<APIResource> resources = served == null ? List.of() : served.getResources();
        return resources.stream()
                .filter(resource ->
                        resource.getKind().equals(kind) && !resource.getName().contains("/"))
                .findFirst()
                .map(resource -> Kind.of(ResourceDefinitionContext.fromApiResource(apiVersion, resource)))
                .orElseThrow(() -> ActionException.permanent(
                        "unknown-kind", "the API server serves no kind '" + kind + "' in '" + apiVersion + "'"));
    }

    private static Kind known(Class<? extends HasMetadata> type) {
        return Kind.of(ResourceDefinitionContext.fromResourceType(type));
    }
}
