package io.upstep.standalone;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.awaitility.core.ConditionTimeoutException;

/** What a user does with curl. */
final class PlannerClient {
    static final Path QUICKSTART = Path.of("..", "docs", "reference", "quickstart-plan.json");
    private static final Set<String> TERMINAL =
            Set.of("REFUSED", "SUCCEEDED", "FAILED", "CANCELLED", "ROLLED_BACK", "ABANDONED");
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI planner;

    PlannerClient(URI planner) {
        this.planner = planner;
    }

    static String quickstart() {
        try {
            return Files.readString(QUICKSTART);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return the answer to {@code POST /plans}, whatever it is */
    Response post(String body) {
        return given().baseUri(planner.toString())
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .body(body)
                .post("/api/v1/plans");
    }

    /** @return the id of the plan, which must be accepted */
    String submit(String body) {
        Response answer = post(body);
        if (answer.statusCode() != 201) {
            throw new AssertionError("expected 201, came " + answer.statusCode() + ": " + answer.asString());
        }
        return answer.path("id");
    }

    /** Asked again and again by whoever waits, and so with the cheapest client there is. */
    JsonNode get(String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(planner.resolve("/api/v1/" + path))
                    .timeout(PATIENCE)
                    .build();
            return MAPPER.readTree(
                    HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking for " + path, e);
        }
    }

    Response act(String plan, String verb, String body) {
        return given().baseUri(planner.toString())
                .contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/plans/" + plan + "/" + verb);
    }

    JsonNode plan(String id) {
        return get("plans/" + id);
    }

    /** Waits until the plan is over and returns it. */
    JsonNode awaitEnd(String id) {
        return awaitStatus(id, TERMINAL);
    }

    JsonNode awaitStatus(String id, Set<String> statuses) {
        try {
            await("plan " + id + " to become one of " + statuses)
                    .atMost(Duration.ofMinutes(5))
                    .pollInterval(Duration.ofMillis(100))
                    .ignoreExceptions()
                    .until(() -> statuses.contains(plan(id).path("status").asText()));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(e.getMessage() + "; it is " + plan(id).toPrettyString(), e);
        }
        return plan(id);
    }

    /** Waits until an executor and a verifier of the cluster have been heard of. */
    void awaitWorkers(String cluster) {
        await("an executor and a verifier of " + cluster)
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(() -> {
                    for (JsonNode seen : get("clusters").path("clusters")) {
                        if (seen.path("name").asText().equals(cluster)) {
                            return isReached(seen.path("executors")) && isReached(seen.path("verifiers"));
                        }
                    }
                    return false;
                });
    }

    private static boolean isReached(JsonNode workers) {
        for (JsonNode worker : workers) {
            if (worker.path("alive").asBoolean() && !worker.has("problem")) {
                return true;
            }
        }
        return false;
    }

    List<String> journal(String id) {
        return get("plans/" + id + "/journal?limit=1000").path("entries").findValuesAsText("type");
    }
}
