package io.upstep.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.junit.jupiter.api.Test;

/** The operations that Polyaxon's own custom resource definition brings. */
class CustomResourceTest {
    private static final String OPERATION = """
            apiVersion: core.polyaxon.com/v1
            kind: Operation
            metadata: { name: train, namespace: polyaxon }
            spec: { batchJobSpec: { backoffLimit: 0 } }
            """;

    @Test
    void shouldServeCustomResourcesAsLongAsTheirDefinitionIsThere() {
        try (SimulatedCluster cluster =
                        SimulatedCluster.start(Options.named("local").withPreload("polyaxon-1.x"));
                KubernetesClient client = cluster.client()) {
            client.resource(OPERATION).create();
            var operations = client.genericKubernetesResources("core.polyaxon.com/v1", "Operation")
                    .inNamespace("polyaxon");

            assertThat(operations.list().getItems())
                    .extracting(GenericKubernetesResource::getKind)
                    .containsExactly("Operation");
            assertThatThrownBy(() -> operations
                            .withName("train")
                            .patch(PatchContext.of(PatchType.STRATEGIC_MERGE), "{\"spec\": {\"a\": 1}}"))
                    .isInstanceOfSatisfying(KubernetesClientException.class, e -> assertThat(e.getCode())
                            .isEqualTo(415));

            client.apiextensions()
                    .v1()
                    .customResourceDefinitions()
                    .withName("operations.core.polyaxon.com")
                    .delete();
            assertThat(client.raw("/apis/core.polyaxon.com/v1/operations")).isNull();
            cluster.load(Scenarios.yaml("polyaxon-1.x"));
            await().untilAsserted(() -> assertThat(operations.list().getItems()).isEmpty());
        }
    }
}
