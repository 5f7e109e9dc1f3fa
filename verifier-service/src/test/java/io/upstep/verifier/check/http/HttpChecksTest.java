package io.upstep.verifier.check.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.upstep.event.Evidence;
import io.upstep.event.Evidence.Result;
import io.upstep.event.Fact;
import io.upstep.verifier.check.BadParametersException;
import io.upstep.verifier.check.kubernetes.Looking;
import io.upstep.verifier.cluster.MockCluster;
import io.upstep.verifier.cluster.NoAnswerException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpChecksTest {
    private static final String PROXY = "/api/v1/namespaces/polyaxon/services/gateway:80/proxy";

    private final MockCluster cluster = new MockCluster();
    private final HttpReader reader = new HttpReader(cluster.config("body-limit", "1000", "request-timeout", "3s"));
    private final CountDownLatch never = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer("/healthz/", 200, "ok");
        answer("/version", 200, "{\"platform\": {\"version\": \"1.20.0\", \"replicas\": 1.0}}");
        answer("/long", 200, "x".repeat(1001));
        answer("/moved", 302, "");
        server.createContext("/slow", exchange -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    @AfterEach
    void close() {
        never.countDown();
        server.stop(0);
        cluster.close();
    }

    @Test
    void shouldJudgeTheStatusOfAUrl() throws Exception {
        assertThat(status("url: " + url("/healthz/")).result()).isEqualTo(Result.PASSED);
        assertThat(status("{url: '" + url("/") + "', path: /moved, expected: 302}")
                        .result())
                .isEqualTo(Result.PASSED);
        assertThat(status("url: " + url("/nothing")).actual()).startsWith("status 404");
    }

    @Test
    void shouldTellWhatAnEndpointSaysInOnePlace() throws Exception {
        assertThat(fact("/version", "/platform/version").value().asText()).isEqualTo("1.20.0");
        assertThat(fact("/version", "/platform/build").unknown()).endsWith("has nothing at /platform/build");
        assertThat(fact("/healthz/", "/version").unknown()).contains("no JSON: ok");
        assertThat(fact("/nothing", "/version").unknown()).contains("status 404");
        answer("/credentials", 200, "{\"password\": \"hush\"}");
        assertThat(fact("/credentials", "/password").value().asText()).isEqualTo("***");
    }

    private Fact fact(String path, String pointer) throws BadParametersException {
        return Looking.at(cluster, new HttpJsonProbe(reader), "{url: '" + url(path) + "', pointer: " + pointer + "}");
    }

    @Test
    void shouldAskAServiceThroughTheApiServer() throws Exception {
        cluster.answer(PROXY + "/healthz/", 200, "ok");

        assertThat(status("{service: gateway, port: 80, path: /healthz/}").result())
                .isEqualTo(Result.PASSED);
        assertThat(cluster.asked()).containsExactly("GET " + PROXY + "/healthz/");
    }

    @Test
    void shouldNotFollowARedirectOfAServiceWithTheClustersCredentials() throws Exception {
        List<String> tokens = new CopyOnWriteArrayList<>();
        server.createContext("/trap", exchange -> {
            tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        cluster.redirect(PROXY + "/", url("/trap"));

        assertThat(status("{service: gateway, port: 80, expected: 302}").result())
                .isEqualTo(Result.PASSED);
        assertThat(tokens).isEmpty();
    }

    @Test
    void shouldFailWhenTheServiceHasNobodyBehindIt() throws Exception {
        cluster.answer(PROXY + "/", 503, "{\"kind\":\"Status\",\"message\":\"no endpoints available\"}");

        Evidence seen = status("{service: gateway, port: 80}");

        assertThat(seen.result()).isEqualTo(Result.FAILED);
        assertThat(seen.actual()).contains("no endpoints available");
    }

    @Test
    void shouldHaveNoAnswerWhenTheApiServerDoesNotLetItAsk() {
        cluster.answer(PROXY + "/", 403, "{\"kind\":\"Status\",\"message\":\"services/proxy is forbidden\"}");

        assertThatThrownBy(() -> status("{service: gateway, port: 80}"))
                .isInstanceOf(NoAnswerException.class)
                .hasMessageContaining("services/proxy is forbidden");
    }

    @Test
    void shouldHaveNoAnswerWhenItTakesTooLongOrNobodyListens() {
        assertThatThrownBy(() -> status("url: " + url("/slow"))).isInstanceOf(NoAnswerException.class);
        assertThatThrownBy(() -> status("url: http://127.0.0.1:1/")).isInstanceOf(NoAnswerException.class);
    }

    @Test
    void shouldJudgeAValueInTheJson() throws Exception {
        assertThat(json("/version", "/platform/version", "1.20.0").result()).isEqualTo(Result.PASSED);
        assertThat(json("/version", "/platform/replicas", "1").result()).isEqualTo(Result.PASSED);
        assertThat(json("/version", "/platform/version", "1.19.0").actual()).isEqualTo("\"1.20.0\"");
        assertThat(json("/version", "/platform/name", "x").actual()).isEqualTo("nothing there");
        assertThat(json("/healthz/", "/x", "1").actual()).isEqualTo("no JSON: ok");
        assertThat(json("/nothing", "/x", "1").actual()).startsWith("status 404");
    }

    @Test
    void shouldNotJudgeAnAnswerThatIsCutOff() throws Exception {
        assertThat(json("/long", "/x", "1").result()).isEqualTo(Result.UNKNOWN);
    }

    @Test
    void shouldCutOffWhatAServiceAnswersAtTheLimit() throws Exception {
        cluster.answer(PROXY + "/", 200, "x".repeat(3_000_000));

        Evidence seen = Looking.at(
                        cluster, new HttpJsonCheck(reader), "{service: gateway, port: 80, pointer: /x, expected: 1}")
                .get(0);

        assertThat(seen.result()).isEqualTo(Result.UNKNOWN);
    }

    @Test
    void shouldRefuseParametersThatDoNotFit() {
        assertThatThrownBy(() -> status("{}")).hasMessageContaining("expected a 'url', or a 'service'");
        assertThatThrownBy(() -> status("service: gateway")).hasMessageContaining("'port'");
        assertThatThrownBy(() -> status("url: http://me:secret@host/"))
                .hasMessageContaining("without credentials")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> status("url: file:///etc/passwd")).hasMessageContaining("http or https");
        assertThatThrownBy(() -> json("/version", "/x", null)).isInstanceOf(BadParametersException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/..",
                "/../../../secrets",
                "/a/..",
                "/%2e%2e/secrets",
                "/.%2E/secrets",
                "/a%2f..%2fsecrets",
                "/%252e%252e/secrets",
                "/..;a=b/secrets",
                "/..%5csecrets",
                "/%2e%2e%3fx"
            })
    void shouldRefuseToClimbOutOfTheServiceWhenAPathHasDotSegments(String path) {
        assertThatThrownBy(() -> status("{service: gateway, port: 80, path: '" + path + "'}"))
                .isInstanceOf(BadParametersException.class)
                .hasMessageContaining("without .. segments");
        assertThat(cluster.asked()).isEmpty();
    }

    @Test
    void shouldAskWhenDotsInAPathAreNotASegment() throws Exception {
        cluster.answer(PROXY + "/v1..2/...?since=../x", 200, "ok");

        assertThat(status("{service: gateway, port: 80, path: '/v1..2/...?since=../x'}")
                        .result())
                .isEqualTo(Result.PASSED);
    }

    private Evidence status(String with) throws BadParametersException {
        return Looking.at(cluster, new HttpStatusCheck(reader), with).get(0);
    }

    private Evidence json(String path, String pointer, String expected) throws BadParametersException {
        String with = "{url: '" + url(path) + "', pointer: " + pointer
                + (expected == null ? "" : ", expected: " + expected) + "}";
        return Looking.at(cluster, new HttpJsonCheck(reader), with).get(0);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private void answer(String path, int status, String body) {
        server.createContext(path, exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }
}
