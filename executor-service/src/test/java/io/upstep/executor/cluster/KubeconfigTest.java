package io.upstep.executor.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigTest {
    private static final String TWO = """
            apiVersion: v1
            kind: Config
            clusters:
              - {name: a, cluster: {server: "http://127.0.0.1:1001"}}
              - {name: b, cluster: {server: "http://127.0.0.1:1002"}}
            users: [{name: u, user: {token: t}}]
            contexts:
              - {name: east, context: {cluster: a, user: u}}
              - {name: west, context: {cluster: b, user: u}}
            current-context: east
            """;

    @TempDir
    Path directory;

    @Test
    void shouldTakeTheContextCalledLikeTheClusterWhenNoneIsSaid() throws IOException {
        assertThat(configured(TWO).config(ClusterName.parse("west"), false).getMasterUrl())
                .isEqualTo("http://127.0.0.1:1002/");
    }

    @Test
    void shouldTakeTheContextThatIsSaid() throws IOException {
        assertThat(configured(TWO)
                        .config(ClusterName.parse("production=west"), true)
                        .getMasterUrl())
                .isEqualTo("http://127.0.0.1:1002/");
    }

    @Test
    void shouldSayWhichContextsThereAreWhenNoneFits() throws IOException {
        Kubeconfig kubeconfig = configured(TWO);

        assertThatThrownBy(() -> kubeconfig.config(ClusterName.parse("north"), true))
                .isInstanceOf(ClusterUnavailableException.class)
                .hasMessageContaining("'north'")
                .hasMessageContaining("[east, west]")
                .hasMessageContaining("upstep.clusters=north=<context>");
    }

    @Test
    void shouldTakeTheOnlyContextWhenThereIsOneClusterAndNoOtherCanBeMeant() throws IOException {
        Kubeconfig kubeconfig = configured(TWO.replace("  - {name: west, context: {cluster: b, user: u}}\n", ""));

        assertThat(kubeconfig.config(ClusterName.parse("local"), true).getMasterUrl())
                .isEqualTo("http://127.0.0.1:1001/");
        assertThatThrownBy(() -> kubeconfig.config(ClusterName.parse("local"), false))
                .isInstanceOf(ClusterUnavailableException.class);
    }

    @Test
    void shouldSayWhereItLookedWhenThereIsNoFile() {
        Kubeconfig kubeconfig = new Kubeconfig(
                Optional.empty(), Map.of("KUBECONFIG", "/not/there", "HOME", "/nor/there"), directory.resolve("token"));

        assertThatThrownBy(() -> kubeconfig.config(ClusterName.parse("east"), true))
                .hasMessageContaining("/not/there or /nor/there/.kube/config")
                .hasMessageContaining("UPSTEP_KUBECONFIG");
    }

    @Test
    void shouldNotPassTheServiceAccountOffAsSeveralClusters() throws IOException {
        Kubeconfig kubeconfig =
                new Kubeconfig(Optional.empty(), Map.of(), Files.writeString(directory.resolve("token"), "t"));

        assertThatThrownBy(() -> kubeconfig.config(ClusterName.parse("east"), false))
                .hasMessageContaining("one cluster only");
    }

    @Test
    void shouldChangeItsFingerprintWhenTheFileAppears() throws IOException {
        Path file = directory.resolve("later");
        Kubeconfig kubeconfig = new Kubeconfig(Optional.of(file.toString()), Map.of(), directory.resolve("token"));
        String before = kubeconfig.fingerprint();
        Files.writeString(file, TWO);

        assertThat(kubeconfig.fingerprint()).isNotEqualTo(before);
    }

    private Kubeconfig configured(String content) throws IOException {
        Path file = Files.writeString(directory.resolve("kubeconfig"), content);
        return new Kubeconfig(Optional.of(file.toString()), Map.of(), directory.resolve("token"));
    }
}
