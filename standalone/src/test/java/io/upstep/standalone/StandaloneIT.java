package io.upstep.standalone;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.upstep.broker.contract.server.RequiresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The standalone process as a user has it: one jar, one data directory, a simulated cluster. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StandaloneIT {
    private ServiceProcess standalone;
    private PlannerClient client;

    @BeforeAll
    void start(@TempDir Path directory) {
        standalone = ServiceProcess.start("standalone", directory, environment(directory))
                .awaitReady();
        client = new PlannerClient(standalone.uri());
        client.awaitWorkers("local");
    }

    @AfterAll
    void stop() {
        if (standalone != null) {
            standalone.close();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nothing         | local   | polyaxon | polyaxon | 1.20.0 | unknown-platform
            polyaxon-images | mars    | polyaxon | polyaxon | 1.20.0 | unknown-cluster
            polyaxon-images | local   | polyaxon | polyaxon | 1.99.0 | target-unknown
            polyaxon-images | local   | polyaxon | other    | 1.20.0 | installation-not-found
            polyaxon-images | local   | nowhere  | polyaxon | 1.20.0 | installation-not-found
            polyaxon-images | local   | polyaxon | polyaxon | 1.9.0  | downgrade
            polyaxon-images | local   | polyaxon | polyaxon | 2.4.0  | blocked-edge
            polyaxon-images | local   | polyaxon | polyaxon | 1.10.1 | already-there
            polyaxon        | local   | nowhere  | polyaxon | 1.20.0 | condition-not-met
            """)
    @Order(1)
    void shouldSayWhatWasExpectedWhatCameAndWhatToDoWhenAPlanCannotBe(
            String platform, String cluster, String namespace, String release, String target, String code) {
        Response answer = given().baseUri(standalone.uri().toString())
                .contentType(ContentType.JSON)
                .header("Prefer", "wait=20")
                .body(Installations.submission(platform, cluster, namespace, release, target, "manual"))
                .post("/api/v1/plans");

        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.<String>path("code")).as(answer.asString()).isEqualTo(code);
        assertThat(answer.statusCode()).isEqualTo(422);
        for (String part : List.of("title", "detail", "expected", "actual", "remedy")) {
            assertThat(answer.<String>path(part)).as(part).isNotBlank();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"polyaxon", "polyaxon-agent", "polyaxon-images", "feast", "clearml", "pachyderm"})
    @Order(1)
    void shouldGiveAReasonAndAWayOutWhenABlockedEdgeIsAskedFor(String platform) {
        assertThat(new BlockedEdges(client, platform).ask()).isPositive();
    }

    @Test
    @Order(1)
    void shouldTurnAwayABodyWhenItIsTooLarge() {
        Response answer = client.post("{\"platform\": \"" + "x".repeat(400_000) + "\"}");

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.<String>path("code")).isEqualTo("body-too-large");
    }

    @Test
    @Order(1)
    void shouldAnswerWithAProblemWhenThePathOrMethodOrKindIsWrong() {
        String api = standalone.uri() + "/api/v1/";

        assertThat(given().get(api + "nothing").<String>path("code")).isEqualTo("not-found");
        assertThat(given().get(api + "plans/" + UUID.randomUUID()).<String>path("code"))
                .isEqualTo("unknown-plan");
        assertThat(given().get(api + "plans/nonsense").<String>path("code")).isEqualTo("unknown-plan");
        assertThat(given().delete(api + "plans").<String>path("code")).isEqualTo("method-not-allowed");
        assertThat(given().contentType("text/plain")
                        .body("x")
                        .post(api + "plans")
                        .<String>path("code"))
                .isEqualTo("unsupported-media-type");
        assertThat(given().contentType(ContentType.JSON)
                        .body("{")
                        .post(api + "plans")
                        .<String>path("code"))
                .isEqualTo("malformed-json");
        assertThat(given().get(api + "plans?status=LOST").<String>path("code")).isEqualTo("invalid-parameter");
        assertThat(given().get(api + "plans?cursor=LOST").<String>path("code")).isEqualTo("invalid-cursor");
        assertThat(given().get(api + "platforms/nothing").<String>path("code")).isEqualTo("unknown-platform");
    }

    @Test
    @Order(1)
    void shouldTurnAwayAnotherSitesPageWhenItReachesThePlannerThroughABrowser() {
        String plans = standalone.uri() + "/api/v1/plans";

        assertThat(given().header("Host", "elsewhere.example").get(plans).<String>path("code"))
                .isEqualTo("foreign-origin");
        assertThat(given().header("Origin", "https://elsewhere.example")
                        .get(plans)
                        .<String>path("code"))
                .isEqualTo("foreign-origin");
        assertThat(given().header("Origin", standalone.uri().toString())
                        .get(plans)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    @Order(2)
    void shouldNameTheOtherPlanWhenTwoWantOneInstallation() {
        String body = Installations.submission("kubernetes-app", "local", "demo", "web", "1.1.0", "manual");
        String first = client.submit(body);
        client.awaitStatus(first, Set.of("PLANNED"));

        Response second = client.post(body);

        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(second.<String>path("code")).isEqualTo("duplicate-plan");
        assertThat(second.<String>path("plan")).isEqualTo(first);
        assertThat(client.act(first, "cancel", "{}").<String>path("status")).isEqualTo("CANCELLED");
    }

    @Test
    @Order(2)
    void shouldAnswerTheSamePlanWhenTheSameKeyComesAgain() {
        String body = Installations.submission("kubernetes-app", "local", "demo", "web", "1.1.0", "manual");
        String key = UUID.randomUUID().toString();

        Response first = keyed(key, body);
        Response again = keyed(key, body);
        Response other = keyed(key, body.replace("1.1.0", "1.2.0"));

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.<String>path("id")).isEqualTo(first.path("id"));
        assertThat(other.<String>path("code")).isEqualTo("idempotency-key-reused");
        client.act(first.path("id"), "cancel", "{}");
    }

    @Test
    @Order(3)
    void shouldSayWhatRunsWhenAnUpgradeFails() {
        String plan = client.submit(
                Installations.submission("kubernetes-app", "local", "demo", "web", "1.1.0-crashloop", "automatic"));

        JsonNode ended = client.awaitEnd(plan);

        assertThat(ended.path("status").asText()).as(ended.toPrettyString()).isEqualTo("FAILED");
        JsonNode completion = ended.path("completion");
        assertThat(completion.path("ending").asText()).isEqualTo("FAILED");
        // Of an image's tag the number counts: the cluster now runs what does not start.
        assertThat(completion.path("running").path("version").path("value").asText())
                .isEqualTo("1.1.0");
        assertThat(ended.path("why").path("sentence").asText()).isNotBlank();
    }

    @Test
    @Order(4)
    void shouldGoOnWhereItWasWhenKilledInTheMiddle() {
        String plan = client.submit(PlannerClient.quickstart());
        await("a step at work")
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> client.journal(plan).contains("step.accepted"));

        standalone.kill();
        standalone.restart();
        standalone.awaitReady();

        JsonNode ended = client.awaitEnd(plan);
        assertThat(ended.path("status").asText()).as(ended.toPrettyString()).isEqualTo("SUCCEEDED");
        assertThat(ended.path("completion")
                        .path("running")
                        .path("version")
                        .path("value")
                        .asText())
                .isEqualTo(ended.path("target").asText());
        assertThat(ended.path("completion").path("verdict").path("evidence")).isNotEmpty();
    }

    @Test
    @Order(5)
    void shouldReplayWhatWasMissedWhenAListenerComesBack() {
        String plan =
                client.get("plans?limit=1").path("plans").path(0).path("id").asText();
        List<String> all = client.journal(plan);

        List<String> missed =
                Sse.read(standalone.uri().resolve("/api/v1/plans/" + plan + "/events"), "2", all.size() - 2);

        assertThat(missed).isEqualTo(all.subList(2, all.size()));
    }

    @Test
    @Order(5)
    @RequiresServer(Browser.BINARY)
    void shouldShowStepsVerdictAndWhatRunsNowWhenAPlanIsOpenedInABrowser(@TempDir Path profile) throws Exception {
        JsonNode plan =
                client.get("plans?status=SUCCEEDED&limit=1").path("plans").path(0);

        String page = Browser.page(
                standalone.uri().resolve("/#/plans/" + plan.path("id").asText()), profile);

        assertThat(page)
                .contains("id=\"plan-status\">SUCCEEDED<")
                .contains("id=\"completion\"", "Running now", "data-step=\"migrate-database\"")
                .contains("kubernetes.rollout-complete")
                .doesNotContain("undefined", "[object Object]");
    }

    @Test
    @Order(6)
    void shouldDescribeItselfAndShowAConsoleWhenAsked() {
        String base = standalone.uri().toString();

        assertThat(given().get(base + "/q/openapi?format=json").<String>path("openapi"))
                .startsWith("3.");
        assertThat(given().get(base + "/q/openapi?format=json").<Map<String, ?>>path("paths"))
                .containsKeys("/api/v1/plans", "/api/v1/plans/{id}", "/api/v1/events", "/api/v1/clusters");
        assertThat(given().get(base + "/q/swagger-ui").statusCode()).isEqualTo(200);
        assertThat(given().get(base + "/").asString()).contains("<title>Upstep</title>");
        assertThat(given().get(base + "/q/metrics").asString()).contains("upstep_");
    }

    @Test
    @Order(7)
    void shouldStopInGoodOrderWhenAsked() {
        standalone.stop();

        assertThat(standalone.isAlive()).isFalse();
        standalone.restart();
        standalone.awaitReady();
    }

    private static Map<String, String> environment(Path directory) {
        return Map.of(
                "UPSTEP_DATA_DIR", directory.resolve("data").toString(),
                // A crash loop is believed at once, so that the test of a failing upgrade is soon over.
                "UPSTEP_VERIFIER_PATIENCE", "PT1S",
                "UPSTEP_PLANNER_TIMING_RETRY", "PT0.2S");
    }

    private Response keyed(String key, String body) {
        return given().baseUri(standalone.uri().toString())
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body(body)
                .post("/api/v1/plans");
    }
}
