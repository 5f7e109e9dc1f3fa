package io.upstep.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import com.marcnuri.helm.UpgradeCommand;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real Helm installs Polyaxon's look-alikes on the simulated cluster, and meets there what it meets on a real one. */
class PolyaxonTest {
    private static SimulatedCluster cluster;
    private static KubernetesClient client;

    @TempDir
    Path dir;

    @BeforeAll
    static void start() {
        cluster = SimulatedCluster.start(Options.named("local"));
        client = cluster.client();
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("polyaxon")
                        .endMetadata()
                        .build())
                .create();
    }

    @AfterAll
    static void stop() {
        client.close();
        cluster.close();
    }

    @AfterEach
    void tearDown() {
        Helm.uninstall("polyaxon")
                .withNamespace("polyaxon")
                .ignoreNotFound()
                .withKubeConfigContents(cluster.kubeconfig())
                .call();
    }

    @ParameterizedTest
    @CsvSource({"0.4.2,8", "0.6.1,8", "1.1.0,4", "2.12.0,3"})
    void shouldRunWhenItIsInstalled(String version, int deployments) {
        assertThat(install("polyaxon", version).call().getStatus()).isEqualTo("deployed");

        cluster.settle();
        assertThat(client.apps().deployments().inNamespace("polyaxon").list().getItems())
                .hasSizeGreaterThanOrEqualTo(deployments)
                .allSatisfy(d -> assertThat(d.getStatus().getReadyReplicas()).isEqualTo(1));
        assertThat(client.pods().inNamespace("polyaxon").list().getItems())
                .extracting(Pod::getStatus)
                .allSatisfy(s -> assertThat(s.getPhase()).isEqualTo("Running"));
    }

    @Test
    void shouldBeRefusedAsInRealityWhenOneIsUpgradedToTwoAsItIs() {
        install("polyaxon", "1.20.0").call();

        assertThatThrownBy(() -> upgrade("2.0.4").call()).hasMessageContaining("does not contain the key");

        assertThatThrownBy(() -> upgrade("2.0.4")
                        .set("postgresql.auth.existingSecret", "polyaxon-postgresql")
                        .call())
                .hasMessageContaining("spec.selector: Invalid value")
                .hasMessageContaining("field is immutable")
                .hasMessageContaining("StatefulSet.apps \"polyaxon-postgresql\" is invalid: spec: Forbidden");
    }

    @Test
    void shouldNeedItsDeploymentsDeletedWhenTheSelectorsChangeWithinOne() {
        install("polyaxon", "1.1.0").call();

        assertThatThrownBy(() -> upgrade("1.20.0").call())
                .hasMessageContaining("spec.selector: Invalid value")
                .hasMessageContaining("field is immutable");

        client.apps()
                .deployments()
                .inNamespace("polyaxon")
                .withLabel("app.kubernetes.io/instance", "polyaxon-1.1.0")
                .delete();
        assertThat(upgrade("1.20.0").call().getStatus()).isEqualTo("deployed");
    }

    private InstallCommand install(String name, String version) {
        return new Helm(Charts.directory(name, version, dir))
                .install()
                .withName("polyaxon")
                .withNamespace("polyaxon")
                .withKubeConfigContents(cluster.kubeconfig());
    }

    private UpgradeCommand upgrade(String version) {
        return new Helm(Charts.directory("polyaxon", version, dir))
                .upgrade()
                .withName("polyaxon")
                .withNamespace("polyaxon")
                .withKubeConfigContents(cluster.kubeconfig());
    }
}
