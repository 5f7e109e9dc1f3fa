package io.upstep.verifier.check.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.upstep.event.Evidence;
import io.upstep.event.Evidence.Result;
import io.upstep.verifier.check.BadParametersException;
import io.upstep.verifier.check.Check;
import io.upstep.verifier.check.kubernetes.Looking;
import io.upstep.verifier.cluster.MockCluster;
import io.upstep.verifier.cluster.NoAnswerException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes that answer what no test can make a real one say. */
class NodesTest {
    private final MockCluster cluster = new MockCluster();
    private final Nodes nodes = new Nodes(cluster.config("body-limit", "10000"));
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private int status = 200;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            seen.add(exchange.getRequestMethod() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body = answers.getOrDefault(
                            exchange.getRequestURI().getPath(), "{\"error\":{\"reason\":\"so it is\"}}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
        cluster.close();
    }

    @Test
    void shouldFailWhenShardsAreMissingOrTheStatusIsRed() throws Exception {
        answers.put("/_cluster/health", "{\"status\":\"red\"}");
        answers.put("/events/_count", "{\"count\":7,\"_shards\":{\"total\":2,\"successful\":1,\"failed\":0}}");

        assertThat(look(new HealthCheck(nodes), ""))
                .extracting(Evidence::actual)
                .containsExactly("red");
        assertThatThrownBy(() -> look(new QueryCheck(new Counts(nodes)), ", index: events, atLeast: 7"))
                .isInstanceOf(NoAnswerException.class)
                .hasMessageContaining("only 1 of 2 shards");
    }

    @Test
    void shouldTellACopyOfADirectoryFromTheNodeItWasCopiedFrom() throws Exception {
        answers.put("/", "{\"cluster_uuid\":\"same\"}");
        answers.put("/_cat/indices/events", "[{\"index\":\"events\",\"status\":\"open\"}]");
        answers.put("/events/_count", "{\"count\":7,\"_shards\":{\"total\":1,\"successful\":1,\"failed\":0}}");
        answers.put("/_cluster/state/nodes", "{\"nodes\":{\"n\":{\"ephemeral_id\":\"first\"}}}");
        HttpServer copy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        copy.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            byte[] body = answers.get(path).replace("first", "second").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        copy.start();
        try {
            String there = "destination: {host: 127.0.0.1, port: %d}, indices: [events]}";
            String here =
                    "{source: {host: 127.0.0.1, port: " + server.getAddress().getPort() + "}, ";
            CountsEqualCheck check = new CountsEqualCheck(nodes, new Counts(nodes));

            assertThat(Looking.at(
                            cluster,
                            check,
                            here + there.formatted(copy.getAddress().getPort())))
                    .extracting(Evidence::result)
                    .containsExactly(Result.PASSED);
            assertThat(Looking.at(
                            cluster,
                            check,
                            here + there.formatted(server.getAddress().getPort())))
                    .extracting(Evidence::result)
                    .containsExactly(Result.FAILED);
            answers.put("/_cluster/state/nodes", "{}");
            assertThatThrownBy(() -> Looking.at(
                            cluster,
                            check,
                            here + there.formatted(copy.getAddress().getPort())))
                    .isInstanceOf(NoAnswerException.class);
        } finally {
            copy.stop(0);
        }
    }

    @Test
    void shouldCountAnIndexWhateverItIsCalled() throws Exception {
        answers.put("/_cat/indices/*", "[{\"index\":\"a{b%20ü+\",\"status\":\"open\"}]");
        answers.put("/a{b%20ü+/_count", "{\"count\":7,\"_shards\":{\"total\":1,\"successful\":1,\"failed\":0}}");

        assertThat(Looking.at(
                                cluster,
                                new IndicesProbe(new Counts(nodes)),
                                "{connection: {host: 127.0.0.1, port: "
                                        + server.getAddress().getPort() + "}}")
                        .value())
                .hasToString("{\"a{b%20ü+\":7}");
    }

    @Test
    void shouldLogInAndNeverTellThePassword() throws Exception {
        cluster.put("{apiVersion: v1, kind: Secret, metadata: {name: login}, data: {username: ZWxhc3RpYw==, password:"
                + " aHVudGVyMg==}}");
        status = 401;

        Evidence evidence =
                look(new HealthCheck(nodes), "", ", secretRef: {name: login}").get(0);

        assertThat(seen).containsExactly("GET Basic ZWxhc3RpYzpodW50ZXIy");
        assertThat(evidence.result()).isEqualTo(Result.UNKNOWN);
        assertThat(evidence.actual()).contains("status 401: so it is").doesNotContain("hunter2");
    }

    @Test
    void shouldBeUnknownWhenTheAnswerIsTooLargeOrNoneOrNoJson() {
        answers.put("/_cluster/health", "\"" + "x".repeat(20_000) + "\"");
        assertThatThrownBy(() -> look(new HealthCheck(nodes), ""))
                .isInstanceOf(NoAnswerException.class)
                .hasMessageContaining("more than 10000 bytes");
        answers.put("/_cluster/health", "<html>");
        assertThatThrownBy(() -> look(new HealthCheck(nodes), "")).hasMessageContaining("expected JSON");
        status = 503;
        assertThatThrownBy(() -> look(new HealthCheck(nodes), "")).isInstanceOf(NoAnswerException.class);
        server.stop(0);
        assertThatThrownBy(() -> look(new HealthCheck(nodes), "")).hasMessageContaining("cannot be asked");
    }

    private <P> List<Evidence> look(Check<P> check, String more) throws BadParametersException {
        return look(check, more, "");
    }

    private <P> List<Evidence> look(Check<P> check, String more, String login) throws BadParametersException {
        return Looking.at(
                cluster,
                check,
                "{connection: {host: 127.0.0.1, port: " + server.getAddress().getPort() + login + "}" + more + "}");
    }
}
