package io.upstep.verifier.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import io.upstep.event.Fact;
import io.upstep.simulator.Charts;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records as a real Helm writes them, of charts that look like Polyaxon's. */
class HelmTest {
    private static final String SURVIVAL = "kubernetes.data-survival";
    private static final String DEPLOYMENT = "{kind: Deployment, name: polyaxon-postgresql}";
    private static final String STATEFUL_SET = "{kind: StatefulSet, name: polyaxon-postgresql}";

    private final LiveCluster cluster = LiveCluster.inSimulation();

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void shouldReadWhatHelmHasRecordedAndWhatATeardownLeaves() {
        install("polyaxon", "1.20.0")
                .set("postgresql.postgresqlPassword", "hunter2")
                .call();
        cluster.simulated().settle();

        Fact release = cluster.observe("helm.release", "{}");
        assertThat(release.value().path("chart").asText()).isEqualTo("polyaxon");
        assertThat(release.value().path("chartVersion").asText()).isEqualTo("1.20.0");
        assertThat(release.value().path("revision").asInt()).isEqualTo(1);
        assertThat(release.value().path("status").asText()).isEqualTo("deployed");
        assertThat(release.value().path("modified").asText()).startsWith("20");
        assertThat(cluster.observe("helm.values", "{}").value())
                .hasToString("{\"postgresql\":{\"postgresqlPassword\":\"***\"}}");
        assertThat(survival(STATEFUL_SET)).isEqualTo("emptyDir");

        Helm.uninstall("polyaxon")
                .withNamespace(cluster.installation.namespace())
                .withKubeConfigContents(cluster.simulated().kubeconfig())
                .keepHistory()
                .call();
        assertThat(cluster.observe("helm.release", "{}").value().path("status").asText())
                .isEqualTo("uninstalled");
        assertThat(survival(STATEFUL_SET)).isEqualTo("none");
    }

    @Test
    void shouldSeeThatHelmLeavesWhatAStatefulSetHasClaimed() {
        install("polyaxon", "1.20.0")
                .set("postgresql.persistence.enabled", "true")
                .call();
        cluster.simulated().settle();

        assertThat(survival(STATEFUL_SET)).isEqualTo("stateful-claim");
    }

    @Test
    void shouldSeeThatAClaimGoesWithItsReleaseUnlessTheChartSaysToKeepIt() {
        install("polyaxon", "0.4.4")
                .set("postgresql.persistence.enabled", "true")
                .call();
        cluster.simulated().settle();
        assertThat(survival(DEPLOYMENT)).isEqualTo("release-claim");

        annotateLiveClaim();
        assertThat(survival(DEPLOYMENT)).isEqualTo("release-claim");

        new Helm(directory.resolve("polyaxon-0.4.4"))
                .upgrade()
                .withName("polyaxon")
                .withNamespace(cluster.installation.namespace())
                .withKubeConfigContents(cluster.simulated().kubeconfig())
                .reuseValues()
                .set("postgresql.persistence.annotations.helm\\.sh/resource-policy", "keep")
                .call();
        assertThat(survival(DEPLOYMENT)).isEqualTo("kept-claim");
    }

    @Test
    void shouldSeeThatAVolumeIsRetainedThoughItsClaimIsNot() {
        install("polyaxon", "0.4.4")
                .set("postgresql.persistence.enabled", "true")
                .call();
        cluster.simulated().settle();

        cluster.admin.persistentVolumes().list().getItems().forEach(volume -> cluster.admin
                .persistentVolumes()
                .resource(volume)
                .edit(found -> {
                    found.getSpec().setPersistentVolumeReclaimPolicy("Retain");
                    return found;
                }));

        assertThat(survival(DEPLOYMENT)).isEqualTo("retained-volume");
    }

    private void annotateLiveClaim() {
        cluster.admin
                .persistentVolumeClaims()
                .inNamespace(cluster.installation.namespace())
                .withName("polyaxon-postgresql")
                .edit(claim -> {
                    claim.getMetadata().getAnnotations().put("helm.sh/resource-policy", "keep");
                    return claim;
                });
    }

    private String survival(String with) {
        Fact fact = cluster.observe(SURVIVAL, with);
        assertThat(fact.unknown()).isNull();
        return fact.value().asText();
    }

    private InstallCommand install(String chart, String version) {
        return new Helm(Charts.directory(chart, version, directory))
                .install()
                .withName("polyaxon")
                .withNamespace(cluster.installation.namespace())
                .withKubeConfigContents(cluster.simulated().kubeconfig());
    }
}
