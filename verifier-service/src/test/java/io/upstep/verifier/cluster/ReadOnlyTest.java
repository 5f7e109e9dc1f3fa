package io.upstep.verifier.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadOnlyTest {
    private final MockCluster cluster = new MockCluster();

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void shouldOfferChecksNoWayToWrite() {
        assertThat(Arrays.stream(ClusterReader.class.getMethods()).map(Method::getName))
                .containsExactlyInAnyOrder(
                        "get", "list", "kind", "getFromService", "serverVersion", "login", "helmRecords", "reach");
    }

    @Test
    void shouldSendNothingButGetWhateverIsAsked() {
        cluster.put("{apiVersion: v1, kind: ConfigMap, metadata: {name: one}}");
        cluster.answer("/version", 200, "{\"gitVersion\": \"v1.31.2\"}");
        cluster.answer("/apis/x/v1", 200, "{\"resources\": [{\"name\": \"things\", \"kind\": \"Thing\"}]}");
        cluster.asked();
        ClusterReader reader = cluster.reader();

        reader.get(Kind.builtIn("ConfigMap"), "polyaxon", "one");
        reader.list(Kind.builtIn("ConfigMap"), "polyaxon", "app=api");
        reader.kind("Thing", "x/v1");
        reader.getFromService("polyaxon", "gateway", "80", "/");
        reader.serverVersion();
        assertThat(reader.helmRecords("polyaxon", "polyaxon")).isEmpty();
        assertThatThrownBy(() -> reader.login("polyaxon", "login", "password"))
                .isInstanceOf(MissingSecretException.class);

        List<String> asked = cluster.asked();
        assertThat(asked).hasSize(7).allMatch(request -> request.startsWith("GET "));
    }

    @Test
    void shouldRefuseToSendAWriteEvenIfCodeTriedTo() {
        try (KubernetesClient client = ReadOnlyClient.of(config())) {
            cluster.asked();

            assertThatThrownBy(() -> client.resource(new ConfigMapBuilder()
                                    .withNewMetadata()
                                    .withName("one")
                                    .endMetadata()
                                    .build())
                            .inNamespace("polyaxon")
                            .create())
                    .hasStackTraceContaining("the verifier only reads, but was about to send POST");
            assertThat(cluster.asked()).isEmpty();
        }
    }

    private Config config() {
        return new Kubeconfig(cluster.config().kubeconfig()).config(ClusterRef.parse(MockCluster.NAME), true);
    }
}
