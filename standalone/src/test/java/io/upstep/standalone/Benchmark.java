package io.upstep.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures the standalone process: how soon it is ready, what it takes when idle, and how long one plan of ten steps takes
 * that do nothing but pass through everything a real step does. Prints figures, judges nothing. Run by deploy/benchmark.sh.
 */
class Benchmark {
    private static final int WARM_UP = 30;
    private static final int COUNTED = 100;
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Test
    void measure(@TempDir Path directory) throws Exception {
        Map<String, String> environment = new HashMap<>();
        environment.put("UPSTEP_DATA_DIR", directory.resolve("data").toString());
        environment.put(
                "UPSTEP_PLANNER_RECIPES_DIR",
                Path.of("src/test/resources/recipes").toAbsolutePath().toString());
        try (ServiceProcess standalone = ServiceProcess.start("standalone", directory, environment)) {
            long first = readyAfter(standalone);
            standalone.stop();
            standalone.restart();
            long second = readyAfter(standalone);
            PlannerClient client = new PlannerClient(standalone.uri());
            client.awaitWorkers("local");
            System.out.printf(
                    Locale.ROOT,
                    "ready after            %d ms with a new database, %d ms with an old one%n",
                    first,
                    second);
            System.out.printf(
                    Locale.ROOT,
                    "memory when ready      %d MiB RSS (without PostgreSQL)%n",
                    standalone.residentMemory());
            for (int i = 0; i < WARM_UP; i++) {
                onePlan(standalone.uri());
            }
            long[] millis = new long[COUNTED];
            for (int i = 0; i < COUNTED; i++) {
                millis[i] = onePlan(standalone.uri());
            }
            Arrays.sort(millis);
            System.out.printf(
                    Locale.ROOT,
                    "one plan of 10 steps   p50 %d ms, p90 %d ms, p99 %d ms (%d plans, one after the other)%n",
                    millis[COUNTED / 2],
                    millis[COUNTED * 9 / 10],
                    millis[COUNTED * 99 / 100],
                    COUNTED);
            System.out.printf(Locale.ROOT, "memory afterwards      %d MiB RSS%n", standalone.residentMemory());
        }
    }

    private static long readyAfter(ServiceProcess standalone) {
        standalone.awaitReady();
        return standalone.uptimeMillis();
    }

    /** From the submission's arrival until the plan is over, by the planner's own clock. */
    private static long onePlan(URI planner) throws IOException, InterruptedException {
        String body = Installations.submission("bench", "local", "demo", "web", "1.0.1", "automatic");
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(planner.resolve("/api/v1/plans"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 201) {
            throw new IllegalStateException(answer.body());
        }
        String id = MAPPER.readTree(answer.body()).path("id").asText();
        HttpResponse<Stream<String>> events = HTTP.send(
                HttpRequest.newBuilder(planner.resolve("/api/v1/plans/" + id + "/events"))
                        .header("Accept", "text/event-stream")
                        .build(),
                HttpResponse.BodyHandlers.ofLines());
        try (Stream<String> lines = events.body()) {
            lines.filter(line -> line.startsWith("data:") && line.contains("\"terminal\":true"))
                    .findFirst();
        }
        JsonNode plan = MAPPER.readTree(HTTP.send(
                        HttpRequest.newBuilder(planner.resolve("/api/v1/plans/" + id))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body());
        if (!plan.path("status").asText().equals("SUCCEEDED")) {
            throw new IllegalStateException(plan.toPrettyString());
        }
        return Instant.parse(plan.path("finishedAt").asText()).toEpochMilli()
                - Instant.parse(plan.path("createdAt").asText()).toEpochMilli();
    }
}
