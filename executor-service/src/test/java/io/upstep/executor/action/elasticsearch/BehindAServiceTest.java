package io.upstep.executor.action.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** A node that the executor reaches through the API server, in a pod that does not live for ever. */
class BehindAServiceTest extends NodesTestBase {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final int PORT = 9200;

    @Test
    void shouldFindTheNextPodWhenTheOneItWentToIsGone() {
        Assumptions.assumeTrue(cluster.simulated().isPresent(), "needs a cluster whose pods can be anything");
        cluster.deploy("elastic", "elasticsearch:7.6.2", 1);
        service();
        cluster.simulated()
                .orElseThrow()
                .knobs()
                .backend(cluster.namespace(), "elastic", PORT, "127.0.0.1", servers.recent.port());
        await().atMost(SOON).until(() -> pods().stream().anyMatch(Readiness::isPodReady));
        Connection connection = new Connection(null, "elastic", null, null, null);
        try (Node node = nodes.open(connection, context)) {
            assertThat(node.version()).isEqualTo("7.6.2");

            cluster.client()
                    .pods()
                    .inNamespace(cluster.namespace())
                    .withLabel("app", "elastic")
                    .delete();

            assertThat(node.version()).isEqualTo("7.6.2");
            assertThat(node.put("/events-mine/_doc/1", json("{\"task\":\"t\"}")).isGood())
                    .isTrue();
        }
    }

    private static List<Pod> pods() {
        return cluster.client()
                .pods()
                .inNamespace(cluster.namespace())
                .withLabel("app", "elastic")
                .list()
                .getItems();
    }

    private static void service() {
        cluster.client()
                .resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withName("elastic")
                        .withNamespace(cluster.namespace())
                        .endMetadata()
                        .withNewSpec()
                        .withSelector(Map.of("app", "elastic"))
                        .addNewPort()
                        .withPort(PORT)
                        .withTargetPort(new IntOrString(PORT))
                        .endPort()
                        .endSpec()
                        .build())
                .create();
    }
}
