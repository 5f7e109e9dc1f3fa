package io.upstep.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RolloutTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private ClusterUnderTest cluster;
    private KubernetesClient client;
    private String namespace;

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

    @Test
    void shouldRunThePodsOfADeploymentWhenItIsCreated() {
        client.resource(Workloads.deployment(namespace, "web", 2)).create();

        awaitRolledOut("web");

        assertThat(pods("web")).hasSize(2).allSatisfy(p -> {
            assertThat(p.getStatus().getPhase()).isEqualTo("Running");
            assertThat(p.getMetadata().getLabels()).containsKey("pod-template-hash");
        });
        assertThat(client.apps().replicaSets().inNamespace(namespace).list().getItems())
                .singleElement()
                .satisfies(s -> assertThat(s.getMetadata().getOwnerReferences())
                        .singleElement()
                        .satisfies(o -> assertThat(o.getName()).isEqualTo("web")));
    }

    @Test
    void shouldReplaceEveryPodWhenTheImageChanges() {
        client.resource(Workloads.deployment(namespace, "web", 3)).create();
        awaitRolledOut("web");

        client.apps().deployments().inNamespace(namespace).withName("web").edit(d -> {
            d.getSpec().getTemplate().getSpec().getContainers().get(0).setImage(Workloads.NEXT_IMAGE);
            return d;
        });
        awaitRolledOut("web");

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(pods("web")).hasSize(3));
        assertThat(pods("web"))
                .allSatisfy(p -> assertThat(p.getSpec().getContainers().get(0).getImage())
                        .isEqualTo(Workloads.NEXT_IMAGE));
        assertThat(deployment("web").get().getMetadata().getAnnotations())
                .containsEntry("deployment.kubernetes.io/revision", "2");
    }

    private RollableScalableResource<Deployment> deployment(String name) {
        return client.apps().deployments().inNamespace(namespace).withName(name);
    }

    private List<Pod> pods(String app) {
        return client.pods().inNamespace(namespace).withLabel("app", app).list().getItems();
    }

    private void awaitRolledOut(String name) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).untilAsserted(() -> {
            Deployment d = deployment(name).get();
            assertThat(d.getStatus().getObservedGeneration())
                    .isEqualTo(d.getMetadata().getGeneration());
            assertThat(d.getStatus().getUpdatedReplicas()).isEqualTo(d.getSpec().getReplicas());
            assertThat(d.getStatus().getAvailableReplicas())
                    .isEqualTo(d.getSpec().getReplicas());
            assertThat(d.getStatus().getReplicas()).isEqualTo(d.getSpec().getReplicas());
        });
    }
}
