package io.upstep.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.Release;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What real Helm finds when it works on the simulated cluster. */
class HelmTest {
    @TempDir
    Path dir;

    @Test
    void shouldInstallWhenHelmIsAsked() throws IOException {
        Files.createDirectories(dir.resolve("templates"));
        Files.writeString(dir.resolve("Chart.yaml"), "apiVersion: v2\nname: shop\nversion: 1.0.0\n");
        Files.writeString(dir.resolve("templates/c.yaml"), """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: shop}
            data: {a: b}
            """);
        try (SimulatedCluster cluster = SimulatedCluster.start(Options.named("local"));
                KubernetesClient client = cluster.client()) {
            Release r = new Helm(dir)
                    .install()
                    .withName("shop")
                    .withNamespace("default")
                    .withKubeConfigContents(cluster.kubeconfig())
                    .debug()
                    .call();
            assertThat(r.getStatus()).isEqualTo("deployed");
                    .withNamespace("default")
                    .withKubeConfigContents(cluster.kubeconfig())
                    .call());
        }
    }
}
