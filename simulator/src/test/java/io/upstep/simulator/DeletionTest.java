package io.upstep.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeletionTest extends AnyCluster {
    @Test
    void shouldDeleteReplicaSetsAndPodsWhenADeploymentIsDeleted() {
        client.resource(Workloads.deployment(namespace, "web", 2)).create();
        awaitRolledOut("web");

        deployment("web").withPropagationPolicy(DeletionPropagation.BACKGROUND).delete();

        soon().untilAsserted(() -> assertThat(pods("web")).isEmpty());
        assertThat(client.apps().replicaSets().inNamespace(namespace).list().getItems())
                .isEmpty();
    }

    @Test
    void shouldKeepTheDeploymentUntilItsPodsAreGoneWhenDeletedInForeground() {
        client.resource(Workloads.deployment(namespace, "web", 2)).create();
        awaitRolledOut("web");

        deployment("web").withPropagationPolicy(DeletionPropagation.FOREGROUND).delete();

        soon().untilAsserted(() -> assertThat(deployment("web").get()).isNull());
        assertThat(client.apps().replicaSets().inNamespace(namespace).list().getItems())
                .isEmpty();
    }

    @Test
    void shouldAdoptThePodsThatAnOrphaningDeletionLeft() {
        client.resource(Workloads.deployment(namespace, "web", 2)).create();
        awaitRolledOut("web");
        var before = pods("web").stream().map(p -> p.getMetadata().getUid()).toList();

        deployment("web").withPropagationPolicy(DeletionPropagation.ORPHAN).delete();
        soon().untilAsserted(() -> assertThat(deployment("web").get()).isNull());
        assertThat(pods("web")).hasSize(2);
        client.resource(Workloads.deployment(namespace, "web", 2)).create();
        awaitRolledOut("web");

        assertThat(pods("web")).extracting(p -> p.getMetadata().getUid()).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void shouldKeepAMarkedObjectUntilItsFinalizerIsTakenAway() {
        var held = configMap("held", Map.of());
        held.getMetadata().setFinalizers(List.of("example.com/hold"));
        client.resource(held).create();
        var maps = client.configMaps().inNamespace(namespace).withName("held");

        maps.delete();
        assertThat(maps.get().getMetadata().getDeletionTimestamp()).isNotBlank();

        retried(() -> maps.edit(m -> {
            m.getMetadata().setFinalizers(null);
            return m;
        }));
        soon().untilAsserted(() -> assertThat(maps.get()).isNull());
    }

    @Test
    void shouldEmptyANamespaceBeforeItGoes() {
        String name = namespace + "-gone";
        client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        client.resource(Workloads.deployment(name, "web", 1)).create();

        client.namespaces().withName(name).delete();

        soon().untilAsserted(() ->
                assertThat(client.namespaces().withName(name).get()).isNull());
        assertThat(client.pods().inNamespace(name).list().getItems()).isEmpty();
    }
}
