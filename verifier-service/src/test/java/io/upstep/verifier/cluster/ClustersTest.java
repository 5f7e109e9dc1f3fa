package io.upstep.verifier.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.upstep.verifier.TestConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClustersTest {
    private static final Kind CONFIG_MAP = Kind.builtIn("ConfigMap");

    private final MockCluster cluster = new MockCluster();

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void shouldConnectOnceTheKubeconfigIsThereAndAnewWhenItIsWrittenAgain() throws IOException {
        Path kubeconfig = directory.resolve("config");
        Clusters clusters = new Clusters(TestConfig.with("east", kubeconfig));
        ClusterReader reader = clusters.reader("east").orElseThrow();
        assertThatThrownBy(() -> reader.list(CONFIG_MAP, "n", null))
                .isInstanceOf(NoAnswerException.class)
                .hasMessageContaining("there is none (yet)");

        Files.writeString(kubeconfig, good().replaceAll("localhost:\\d+", "localhost:1"));
        assertThatThrownBy(() -> reader.list(CONFIG_MAP, "n", null))
                .isInstanceOf(NoAnswerException.class)
                .hasMessageContaining("cannot be asked");

        Files.writeString(kubeconfig, good());
        Files.setLastModifiedTime(kubeconfig, FileTime.fromMillis(1_000_000));
        assertThat(reader.list(CONFIG_MAP, "n", null)).isEmpty();
        clusters.close();
    }

    @Test
    void shouldUseTheContextNamedOrTheOnlyOneOfTheOnlyCluster() {
        assertThat(new Clusters(TestConfig.with("local=east", kubeconfig()))
                        .reader("local")
                        .orElseThrow()
                        .list(CONFIG_MAP, "n", null))
                .isEmpty();
        assertThat(new Clusters(TestConfig.with("local", kubeconfig()))
                        .reader("local")
                        .orElseThrow()
                        .list(CONFIG_MAP, "n", null))
                .isEmpty();
    }

    @Test
    void shouldNotGuessAContextWhenThereAreSeveralClusters() {
        Clusters clusters = new Clusters(TestConfig.with("east,west", kubeconfig()));

        assertThat(clusters.names()).containsExactly("east", "west");
        assertThatThrownBy(() -> clusters.reader("west").orElseThrow().list(CONFIG_MAP, "n", null))
                .isInstanceOf(NoAnswerException.class)
                .hasMessageContaining("expected the context 'west'")
                .hasMessageContaining("[east]");
    }

    @Test
    void shouldSayWhereItLookedWhenThereIsNoWayToACluster() {
        Kubeconfig nowhere = new Kubeconfig(
                Optional.empty(),
                Map.of("KUBECONFIG", "/a:/b", "HOME", directory.toString()),
                directory.resolve("token"));

        assertThatThrownBy(() -> nowhere.config(ClusterRef.parse("east"), true))
                .hasMessageContaining("/a or /b or " + directory);
    }

    @Test
    void shouldRefuseAClusterWithoutAName() {
        assertThatThrownBy(() -> ClusterRef.parse("=east"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'name=context'");
    }

    private Path kubeconfig() {
        return Path.of(cluster.config().kubeconfig().orElseThrow());
    }

    private String good() throws IOException {
        return Files.readString(kubeconfig());
    }
}
