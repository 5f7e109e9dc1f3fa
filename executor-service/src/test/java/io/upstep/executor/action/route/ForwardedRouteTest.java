package io.upstep.executor.action.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.upstep.executor.TestCluster;
import io.upstep.executor.action.kubernetes.FakeContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ForwardedRouteTest {
    private static final Map<String, String> LABELS = Map.of("app", "db");

    @Test
    void shouldBeOpenToNobodyElseWhenAPortLeadsToTheDatabase() throws IOException {
        try (TestCluster cluster = new TestCluster()) {
            cluster.client().resource(pod(cluster.namespace())).create();
            await().until(() -> Readiness.isPodReady(cluster.client()
                    .pods()
                    .inNamespace(cluster.namespace())
                    .withName("db-0")
                    .get()));
            try (Route route = new ForwardedRoute(
                    new Place(null, "db", 5432), service(cluster.namespace()), new FakeContext(cluster, 1, 5))) {
                Address here = route.address();

                assertThat(here.host()).isEqualTo("127.0.0.1");
                // Free at every other address of this machine only if it is taken at that one alone.
                try (ServerSocket other = new ServerSocket()) {
                    other.bind(new InetSocketAddress("127.0.0.2", here.port()));
                    assertThat(other.isBound()).isTrue();
                }
            }
        }
    }

    private static Service service(String namespace) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withName("db")
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withSelector(LABELS)
                .addNewPort()
                .withPort(5432)
                .endPort()
                .endSpec()
                .build();
    }

    private static Pod pod(String namespace) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("db-0")
                .withNamespace(namespace)
                .withLabels(LABELS)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("db")
                .withImage("postgres")
                .endContainer()
                .endSpec()
                .build();
    }
}
