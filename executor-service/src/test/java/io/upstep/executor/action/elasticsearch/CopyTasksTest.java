package io.upstep.executor.action.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.upstep.executor.ExecutorConfig.PortForward;
import io.upstep.executor.action.kubernetes.FakeContext;
import io.upstep.executor.action.route.Routes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tasks whose ids begin at one again with each start of a node. */
class CopyTasksTest {
    private static final String TASK =
            "{\"completed\":true,\"task\":{\"action\":\"%s\",\"description\":\"reindex from [host=h][%s] to [%s][_doc]\"}}";

    private HttpServer server;
    private volatile String answer;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/_tasks/n:30", exchange -> {
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
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
    void shouldNotTakeAnotherTaskForTheCopyWhenItHasTheSameId() {
        assertThat(found("indices:data/write/reindex", "events-log")).isPresent();
        assertThat(found("indices:data/write/reindex", "events-plot")).isEmpty();
        assertThat(found("indices:data/read/search", "events-log")).isEmpty();
    }

    private Optional<?> found(String action, String index) {
        answer = TASK.formatted(action, index, index);
        FakeContext context = new FakeContext(null, 1, 5);
        Connection connection =
                new Connection("127.0.0.1", null, server.getAddress().getPort(), null, null);
        try (Node node = new Nodes(new Routes(PortForward.AUTO, Optional.empty()), Duration.ofMinutes(1))
                .open(connection, context)) {
            return new CopyTasks(node, CopyMark.of(context, "events")).find("n:30", "events-log");
        }
    }
}
