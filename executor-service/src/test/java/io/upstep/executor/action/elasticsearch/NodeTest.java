package io.upstep.executor.action.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.upstep.executor.ExecutorConfig.PortForward;
import io.upstep.executor.TestCluster;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StoppedException;
import io.upstep.executor.action.kubernetes.FakeContext;
import io.upstep.executor.action.route.Routes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that answers as it is told to, and how a node is spoken to meanwhile. */
class NodeTest {
    private static TestCluster cluster;

    private final Queue<Integer> answers = new ArrayDeque<>();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final FakeContext context = new FakeContext(cluster, 1, 5);
    private HttpServer server;

    @BeforeAll
    static void start() {
        cluster = new TestCluster();
        cluster.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("login")
                        .withNamespace(cluster.namespace())
                        .endMetadata()
                        .addToStringData("username", "elastic")
                        .addToStringData("password", "hunter2")
                        .build())
                .create();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            seen.add(exchange.getRequestMethod() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body =
                    "{\"error\":{\"reason\":\"as it was told\"},\"cluster_uuid\":\"_na_\",\"version\":{\"number\":\"7.6.2\"}}"
                            .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answers.isEmpty() ? 200 : answers.remove(), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    @Test
    void shouldWaitWhenTheNodeIsBusy() {
        answers.addAll(List.of(503, 429));

        assertThat(node(null, Duration.ofMinutes(1)).version()).isEqualTo("7.6.2");

        assertThat(context.told()).hasSize(2).allMatch(line -> line.endsWith("does not answer: as it was told"));
    }

    @Test
    void shouldEndWhenTheNodeStaysAway() {
        server.stop(0);

        ActionException failure = catchThrowableOfType(
                ActionException.class, () -> node(null, Duration.ofMillis(300)).version());

        assertThat(failure.code()).isEqualTo("elasticsearch-unreachable");
        assertThat(failure.outcome().toString()).contains("retryable=true");
    }

    @Test
    void shouldNotTakeTwoNodesWithoutAClusterForOne() {
        ActionException failure = catchThrowableOfType(
                ActionException.class, () -> node(null, Duration.ofMinutes(1)).cluster());

        assertThat(failure.code()).isEqualTo("elasticsearch-unreachable");
        assertThat(failure.outcome().toString()).contains("retryable=true");
    }

    @Test
    void shouldSendTheLoginAndNeverTellIt() {
        answers.addAll(List.of(200, 401));
        Node node = node(new Connection.SecretRef("login", null, null), Duration.ofMinutes(1));
        node.version();

        ActionException failure = catchThrowableOfType(ActionException.class, node::version);

        assertThat(seen.get(0)).isEqualTo("GET Basic ZWxhc3RpYzpodW50ZXIy");
        assertThat(failure.code()).isEqualTo("elasticsearch-refused");
        assertThat(failure.getMessage() + node + node.login() + context.told()).doesNotContain("hunter2");
    }

    @Test
    void shouldNotWriteWhenTheInstallationIsSomebodyElses() {
        context.stop();

        Node node = node(null, Duration.ofMinutes(1));

        assertThat(catchThrowableOfType(StoppedException.class, () -> node.delete("/events")))
                .isNotNull();
        assertThat(seen).isEmpty();
    }

    private Node node(Connection.SecretRef login, Duration patience) {
        return new Nodes(new Routes(PortForward.AUTO, Optional.empty()), patience)
                .open(new Connection("127.0.0.1", null, server.getAddress().getPort(), null, login), context);
    }
}
