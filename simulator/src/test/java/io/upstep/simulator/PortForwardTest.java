package io.upstep.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PortForwardTest {
    private static final String NAMESPACE = "apps";

    private final SimulatedCluster cluster = SimulatedCluster.start(Options.named("local"));
    private final KubernetesClient client = cluster.client();
    private final ServerSocket echo = echo();

    @BeforeEach
    void runDatabase() {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
        client.resource(Workloads.deployment(NAMESPACE, "db", 1)).create();
        client.resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withName("db-service")
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .withNewSpec()
                        .withSelector(Map.of("app", "db"))
                        .addNewPort()
                        .withPort(5432)
                        .withNewTargetPort(15432)
                        .endPort()
                        .endSpec()
                        .build())
                .create();
        cluster.settle();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        cluster.close();
        echo.close();
    }

    @Test
    void shouldReachTheRealServerWhenAPodsPortIsForwarded() throws IOException {
        cluster.knobs().backend(NAMESPACE, "db", 5432, "127.0.0.1", echo.getLocalPort());

        try (LocalPortForward forward =
                client.pods().inNamespace(NAMESPACE).withName(pod()).portForward(5432)) {
            assertThat(echoed(forward, bytes(300_000))).isTrue();
            assertThat(echoed(forward, bytes(10))).isTrue();
        }
    }

    @Test
    void shouldReachTheRealServerWhenAServicesPortIsForwarded() throws IOException {
        cluster.knobs().backend(NAMESPACE, "db-service", 5432, "127.0.0.1", echo.getLocalPort());

        try (LocalPortForward byService = client.services()
                        .inNamespace(NAMESPACE)
                        .withName("db-service")
                        .portForward(5432);
                LocalPortForward byPod =
                        client.pods().inNamespace(NAMESPACE).withName(pod()).portForward(15432)) {
            assertThat(echoed(byService, bytes(10))).isTrue();
            assertThat(echoed(byPod, bytes(10))).isTrue();
        }
    }

    @Test
    void shouldEndTheConnectionWhenNobodyListensThere() throws IOException {
        try (LocalPortForward forward =
                        client.pods().inNamespace(NAMESPACE).withName(pod()).portForward(5432);
                Socket socket = connect(forward)) {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(forward.getServerThrowables())
                    .anySatisfy(e -> assertThat(e).hasMessageContaining("connection refused")));
        }
    }

    @Test
    void shouldEndTheConnectionWhenThePodGoes() throws IOException {
        cluster.knobs().backend(NAMESPACE, "db", 5432, "127.0.0.1", echo.getLocalPort());

        try (LocalPortForward forward =
                        client.pods().inNamespace(NAMESPACE).withName(pod()).portForward(5432);
                Socket socket = connect(forward)) {
            socket.getOutputStream().write('a');
            assertThat(socket.getInputStream().read()).isEqualTo('a');

            client.pods().inNamespace(NAMESPACE).withName(pod()).delete();

            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    private String pod() {
        return client.pods()
                .inNamespace(NAMESPACE)
                .withLabel("app", "db")
                .list()
                .getItems()
                .get(0)
                .getMetadata()
                .getName();
    }

    private static boolean echoed(LocalPortForward forward, byte[] sent) throws IOException {
        try (Socket socket = connect(forward)) {
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> write(socket, sent));
            byte[] received = socket.getInputStream().readNBytes(sent.length);
            writing.join();
            return Arrays.equals(sent, received);
        }
    }

    private static void write(Socket socket, byte[] sent) {
        try {
            socket.getOutputStream().write(sent);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Socket connect(LocalPortForward forward) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), forward.getLocalPort());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    private static ServerSocket echo() {
        try {
            ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            Thread thread = new Thread(() -> serve(server), "echo");
            thread.setDaemon(true);
            thread.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each connection on its own: the client's forwarder does not pass on that its side was closed. */
    private static void serve(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                CompletableFuture.runAsync(() -> echo(socket), task -> {
                    Thread thread = new Thread(task, "echo-connection");
                    thread.setDaemon(true);
                    thread.start();
                });
            } catch (IOException e) {
                // The server was closed: the loop ends.
            }
        }
    }

    private static void echo(Socket socket) {
        try (socket) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
