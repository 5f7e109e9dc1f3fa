package io.upstep.verifier.live;

import static io.upstep.verifier.Patiently.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.upstep.event.Verdict;
import io.upstep.simulator.servers.FakeMongod;
import io.upstep.verifier.check.grpc.GrpcServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that do not speak HTTP/1, behind Services of a simulated cluster and reached through its API server. */
class ForwardedServersTest {
    private static final String VERSION =
            "{service: server, port: 650, method: versionpb.API/GetVersion, response: {major:"
                    + " {field: 1, type: uint32}, minor: {field: 2, type: uint32}}, format: '{major}.{minor}'";

    private final LiveCluster cluster = LiveCluster.inSimulation();

    @BeforeEach
    void install() {
        cluster.apply("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: server}
                spec:
                  selector: {matchLabels: {app: server}}
                  template:
                    metadata: {labels: {app: server}}
                    spec: {containers: [{name: server, image: "pachyderm/pachd:1.7.11", ports: [{containerPort: 650}]}]}
                """);
        cluster.apply("{apiVersion: v1, kind: Service, metadata: {name: server}, spec: {selector: {app: server}, ports:"
                + " [{port: 650}]}}");
        cluster.simulated().settle();
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void shouldCallAGrpcServerBehindAService() {
        try (GrpcServer pachd = new GrpcServer()
                .answering("versionpb.API/GetVersion", message -> {
                    message.writeUInt32(1, 1);
                    message.writeUInt32(2, 7);
                })
                .start()) {
            behind(pachd.port());

            assertThat(cluster.observe("grpc.call", VERSION + "}").value()).hasToString("\"1.7\"");
            assertThat(cluster.verify("grpc.call", VERSION + ", expected: '1.7'}"))
                    .succeedsWithin(SOON)
                    .matches(Verdict::isPassed);
        }
    }

    @Test
    void shouldAskAMongodBehindAService(@TempDir Path directory) {
        try (FakeMongod mongod = FakeMongod.start(directory.resolve("db"), "3.6.23")) {
            behind(mongod.port());

            assertThat(cluster.observe("mongodb.version", "{connection: {service: server, port: 650}}")
                            .value())
                    .hasToString("\"3.6.23\"");
        }
    }

    @Test
    void shouldSayWhatWentWrongOnTheWay() {
        cluster.simulated().knobs().noBackend(cluster.installation.namespace(), "server", 650);

        assertThat(cluster.observe("grpc.call", VERSION + "}").unknown())
                .contains("versionpb.API/GetVersion on Service server:650 brought no answer: UNAVAILABLE");
    }

    private void behind(int port) {
        cluster.simulated().knobs().backend(cluster.installation.namespace(), "server", 650, "127.0.0.1", port);
    }
}
