package io.upstep.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersistenceTest {
    @TempDir
    Path directory;

    @Test
    void shouldKeepEveryObjectWhenItStartsAgain() {
        String uid;
        try (SimulatedCluster first = SimulatedCluster.start(options());
                KubernetesClient client = first.client()) {
            uid = uid(client);
            client.apps().deployments().inNamespace("demo").withName("web").scale(3);
        }

        try (SimulatedCluster second = SimulatedCluster.start(options());
                KubernetesClient client = second.client()) {
            assertThat(uid(client)).isEqualTo(uid);
            assertThat(replicas(client)).isEqualTo(3);
        }
    }

    @Test
    void shouldKeepWhatWasAnsweredWhenTheProcessIsKilled() throws IOException {
        Path killed = directory.resolve("killed.jsonl");
        try (SimulatedCluster first = SimulatedCluster.start(options());
                KubernetesClient client = first.client()) {
            client.apps().deployments().inNamespace("demo").withName("web").scale(3);
            // What is in the file while the process still runs is what a kill leaves; it may tear the last line.
            Files.copy(directory.resolve("objects.jsonl"), killed);
            Files.writeString(killed, "{\"version\":99,\"resou", StandardOpenOption.APPEND);
        }

        try (SimulatedCluster second =
                        SimulatedCluster.start(Options.named("local").withFile(killed));
                KubernetesClient client = second.client()) {
            assertThat(replicas(client)).isEqualTo(3);
        }
    }

    @Test
    void shouldGoBackToASnapshot() {
        try (SimulatedCluster cluster = SimulatedCluster.start(options());
                KubernetesClient client = cluster.client()) {
            SimulatedCluster.Snapshot before = cluster.snapshot();
            client.apps().deployments().inNamespace("demo").withName("web").scale(0);
            client.configMaps().inNamespace("demo").withName("web-config").delete();

            cluster.restore(before);

            assertThat(replicas(client)).isEqualTo(2);
            assertThat(client.configMaps()
                            .inNamespace("demo")
                            .withName("web-config")
                            .get())
                    .isNotNull();
        }
    }

    private Options options() {
        return Options.named("local")
                .withFile(directory.resolve("objects.jsonl"))
                .withPreload("demo-app");
    }

    private static String uid(KubernetesClient client) {
        return client.apps()
                .deployments()
                .inNamespace("demo")
                .withName("web")
                .get()
                .getMetadata()
                .getUid();
    }

    private static int replicas(KubernetesClient client) {
        return client.apps()
                .deployments()
                .inNamespace("demo")
                .withName("web")
                .get()
                .getSpec()
                .getReplicas();
    }
}
