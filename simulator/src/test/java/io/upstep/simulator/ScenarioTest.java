package io.upstep.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.Test;

class ScenarioTest {
    @Test
    void shouldBeRolledOutAndReadyWhenPolyaxonIsPreloaded() {
        Options options = Options.named("local").withPreload("polyaxon-1.x", "demo-app");
        try (SimulatedCluster cluster = SimulatedCluster.start(options);
                KubernetesClient client = cluster.client()) {
            assertThat(client.apps()
                            .deployments()
                            .inNamespace("polyaxon")
                            .list()
                            .getItems())
                    .hasSize(4)
                    .allSatisfy(d -> {
                        assertThat(d.getStatus().getAvailableReplicas()).isEqualTo(1);
                        assertThat(d.getMetadata().getLabels())
                                .containsEntry("app.kubernetes.io/version", "1.10.1")
                                .containsEntry("app.kubernetes.io/instance", "polyaxon-1.10.1");
                    });
            assertThat(client.configMaps()
                            .inNamespace("polyaxon")
                            .withName("polyaxon-polyaxon-config")
                            .get()
                            .getData())
                    .containsEntry("POLYAXON_CHART_VERSION", "1.10.1");
            assertThat(client.apps()
                            .statefulSets()
                            .inNamespace("polyaxon")
                            .withName("polyaxon-postgresql")
                            .get()
                            .getStatus()
                            .getReadyReplicas())
                    .isEqualTo(1);
            assertThat(client.pods().inNamespace("demo").list().getItems()).hasSize(3);
            assertThat(client.persistentVolumeClaims()
                            .inNamespace("demo")
                            .withName("data-web-store-0")
                            .get()
                            .getStatus()
                            .getPhase())
                    .isEqualTo("Bound");
        }
    }
}
