package io.upstep.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the tests share that hold for any cluster, simulated or real. */
abstract class AnyCluster {
    private ClusterUnderTest cluster;
    protected KubernetesClient client;
    protected String namespace;

    @BeforeEach
    void start() {
        cluster = new ClusterUnderTest();
        client = cluster.client();
        namespace = cluster.namespace();
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    protected static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(20));
    }

    /** The cluster may write a status in between, and then the edit is refused: that is how Kubernetes works. */
    protected static void retried(ThrowingRunnable edit) {
        soon().ignoreExceptionsInstanceOf(KubernetesClientException.class).untilAsserted(edit);
    }

    protected ConfigMap configMap(String name, Map<String, String> data) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .addToLabels("app", name)
                .endMetadata()
                .withData(data)
                .build();
    }

    protected RollableScalableResource<Deployment> deployment(String name) {
        return client.apps().deployments().inNamespace(namespace).withName(name);
    }

    protected List<Pod> pods(String app) {
        return client.pods().inNamespace(namespace).withLabel("app", app).list().getItems();
    }

    protected void awaitRolledOut(String name) {
        soon().untilAsserted(() -> {
            Deployment d = deployment(name).get();
            int wanted = d.getSpec().getReplicas();
            assertThat(d.getStatus().getObservedGeneration())
                    .isEqualTo(d.getMetadata().getGeneration());
            assertThat(d.getStatus().getUpdatedReplicas()).isEqualTo(wanted);
            assertThat(d.getStatus().getAvailableReplicas()).isEqualTo(wanted);
            assertThat(d.getStatus().getReplicas()).isEqualTo(wanted);
        });
    }
}
