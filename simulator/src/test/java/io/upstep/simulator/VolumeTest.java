package io.upstep.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether data survive what is done to those who keep them, seen in claims and volumes. */
class VolumeTest {
    private static final String NAMESPACE = "apps";

    private final SimulatedCluster cluster = SimulatedCluster.start(Options.named("local"));
    private final KubernetesClient client = cluster.client();

    @TempDir
    Path dir;

    @BeforeEach
    void prepare() {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
    }

    @AfterEach
    void stop() {
        client.close();
        cluster.close();
    }

    @Test
    void shouldLoseTheVolumeWhenItsClaimIsDeleted() {
        client.resource(claim("data", "")).create();
        cluster.settle();
        assertThat(volumes()).hasSize(1);
        assertThat(volumes().get(0).getSpec().getPersistentVolumeReclaimPolicy())
                .isEqualTo("Delete");
        assertThat(bound("data").getSpec().getVolumeName())
                .isEqualTo(volumes().get(0).getMetadata().getName());

        client.resource(claim("data", "")).delete();
        cluster.settle();

        assertThat(volumes()).isEmpty();
    }

    @Test
    void shouldGiveAKeptVolumeToANewClaimWhenItIsFreedOfTheOldOne() {
        cluster.knobs().reclaim("standard", "Retain");
        client.resource(claim("data", "")).create();
        cluster.settle();
        String volume = bound("data").getSpec().getVolumeName();
        client.resource(claim("data", "")).delete();
        cluster.settle();
        assertThat(volumes().get(0).getStatus().getPhase()).isEqualTo("Released");

        client.resource(claim("data", volume)).create();
        cluster.settle();
        assertThat(bound("data").getStatus().getPhase()).isEqualTo("Pending");

        client.persistentVolumes().withName(volume).edit(v -> {
            v.getSpec().setClaimRef(null);
            return v;
        });
        cluster.settle();
        assertThat(bound("data").getStatus().getPhase()).isEqualTo("Bound");
        assertThat(volumes()).hasSize(1);
    }

    @Test
    void shouldDifferByWhereTheDatabaseKeepsItsDataWhenPolyaxonIsTornDown() throws IOException {
        String own = "postgresql: {persistence: {enabled: true}}";
        String kept = "postgresql: {persistence: {enabled: true, annotations: {helm.sh/resource-policy: keep}}}";

        installAndTearDown("0.4.4", own);
        assertThat(claims()).isEmpty();

        installAndTearDown("0.4.4", kept);
        assertThat(claims()).containsExactly("polyaxon-postgresql");

        installAndTearDown("1.20.0", own);
        assertThat(claims()).containsExactly("data-polyaxon-postgresql-0", "polyaxon-postgresql");
    }

    private void installAndTearDown(String version, String values) throws IOException {
        new Helm(Charts.directory("polyaxon", version, dir))
                .install()
                .withName("polyaxon")
                .withNamespace(NAMESPACE)
                .withKubeConfigContents(cluster.kubeconfig())
                .withValuesFile(Files.writeString(dir.resolve("values.yaml"), values))
                .call();
        cluster.settle();
        assertThat(claims()).isNotEmpty();
        Helm.uninstall("polyaxon")
                .withNamespace(NAMESPACE)
                .noHooks()
                .withKubeConfigContents(cluster.kubeconfig())
                .call();
        cluster.settle();
    }

    private List<String> claims() {
        return client.persistentVolumeClaims().inNamespace(NAMESPACE).list().getItems().stream()
                .map(c -> c.getMetadata().getName())
                .toList();
    }

    private PersistentVolumeClaim bound(String name) {
        return client.persistentVolumeClaims()
                .inNamespace(NAMESPACE)
                .withName(name)
                .get();
    }

    private List<PersistentVolume> volumes() {
        return client.persistentVolumes().list().getItems();
    }

    private static PersistentVolumeClaim claim(String name, String volume) {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(NAMESPACE)
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withVolumeName(volume.isEmpty() ? null : volume)
                .withNewResources()
                .addToRequests("storage", new Quantity("1Mi"))
                .endResources()
                .endSpec()
                .build();
    }
}
