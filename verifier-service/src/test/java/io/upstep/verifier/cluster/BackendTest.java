package io.upstep.verifier.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way to what is behind a Service. */
class BackendTest {
    private final MockCluster cluster = new MockCluster();

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void shouldChooseAReadyPodAndThePortTheServiceMeans() {
        service(
                "selector: {app: db}, ports: [{port: 80}, {port: 5432, targetPort: postgresql}, {port: 1, targetPort: 2}]");
        pod("db-0", "False");
        pod("db-1", "True");

        assertThat(backend(5432)).isEqualTo(new Backend("db-1", 15432));
        assertThat(backend(80)).isEqualTo(new Backend("db-1", 80));
        assertThat(backend(1)).isEqualTo(new Backend("db-1", 2));
    }

    @Test
    void shouldSayWhatIsMissingOnTheWay() {
        service("ports: [{port: 5432}]");
        assertNoWay(5432, "it has no selector");
        service("selector: {app: db}, ports: [{port: 5432, targetPort: other}]");
        assertNoWay(5432, "no pod behind Service db is ready");
        assertNoWay(5433, "to have the port 5433, it has only [5432]");
        pod("db-0", "True");
        assertNoWay(5432, "Pod db-0 has no port named other");
    }

    @Test
    void shouldGoByTheServicesNameWhenToldSo() {
        Tunnel way = new Clusters(cluster.config("port-forward", "never"))
                .reader(MockCluster.NAME)
                .orElseThrow()
                .reach("polyaxon", "db", 5432);

        assertThat(way.host()).isEqualTo("db.polyaxon.svc");
        assertThat(way.port()).isEqualTo(5432);
    }

    @Test
    void shouldTakeItselfForInsideOnlyWithTheServiceAccountOfItsPod() throws Exception {
        Path token = Files.writeString(directory.resolve("token"), "t");
        Path file = Files.writeString(directory.resolve("config"), "{}");
        Map<String, String> nothing = Map.of();

        assertThat(new Kubeconfig(Optional.empty(), nothing, token).isServiceAccount())
                .isTrue();
        assertThat(new Kubeconfig(Optional.of(file.toString()), nothing, token).isServiceAccount())
                .isFalse();
        assertThat(new Kubeconfig(Optional.empty(), nothing, directory.resolve("none")).isServiceAccount())
                .isFalse();
    }

    private void assertNoWay(int port, String reason) {
        assertThatThrownBy(() -> backend(port))
                .isInstanceOf(NoAnswerException.class)
                .hasMessageContaining(reason);
    }

    private Backend backend(int port) {
        ClusterReader reader = cluster.reader();
        KubeObject service =
                reader.get(Kind.builtIn("Service"), "polyaxon", "db").orElseThrow();
        return Backend.of(service, port, reader, "polyaxon");
    }

    private void service(String spec) {
        cluster.put("{apiVersion: v1, kind: Service, metadata: {name: db}, spec: {" + spec + "}}");
    }

    private void pod(String name, String ready) {
        cluster.put("""
                apiVersion: v1
                kind: Pod
                metadata: {name: %s, labels: {app: db}}
                spec: {containers: [{name: db, ports: [{name: postgresql, containerPort: 15432}]}]}
                status: {conditions: [{type: Ready, status: "%s"}]}
                """.formatted(name, ready));
    }
}
