package io.upstep.standalone.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The planners as a client sees them that asks the next one when one does not answer. */
final class Upstep {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final List<URI> planners;
    private int preferred;

    Upstep(List<URI> planners) {
        this.planners = List.copyOf(planners);
    }

    /** @param status 0 when nobody answered */
    record Answer(int status, JsonNode body) {
        boolean isGiven() {
            return status >= 200 && status < 300;
        }
    }

    List<URI> planners() {
        return planners;
    }

    /** What planners answered that they never should, whatever happens to them. */
    Queue<String> faults() {
        return faults;
    }

    Optional<JsonNode> get(String path) {
        Answer answer = ask(HttpRequest.newBuilder().GET(), "/api/v1/" + path);
        return answer.isGiven() ? Optional.of(answer.body()) : Optional.empty();
    }

    Optional<JsonNode> plan(String id) {
        return get("plans/" + id);
    }

    /** The same key may be used again and again until there is an answer. */
    Answer submit(String key, String body) {
        return ask(json(body).header("Idempotency-Key", key), "/api/v1/plans");
    }

    Answer act(String plan, String verb, String body) {
        return ask(json(body), "/api/v1/plans/" + plan + "/" + verb);
    }

    /** What one planner says at a path outside of the API; nothing while it does not answer. */
    Optional<String> text(URI planner, String path) {
        return send(HttpRequest.newBuilder(planner.resolve(path))
                        .timeout(PATIENCE)
                        .build())
                .filter(answer -> answer.statusCode() == 200)
                .map(HttpResponse::body);
    }

    private static HttpRequest.Builder json(String body) {
        return HttpRequest.newBuilder()
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private Answer ask(HttpRequest.Builder request, String path) {
        Answer last = new Answer(0, MissingNode.getInstance());
        for (int i = 0; i < planners.size(); i++) {
            URI planner = planners.get((preferred + i) % planners.size());
            Optional<HttpResponse<String>> answer =
                    send(request.uri(planner.resolve(path)).timeout(PATIENCE).build());
            if (answer.isPresent()) {
                last = read(path, answer.get());
                if (last.status() < 500) {
                    preferred = (preferred + i) % planners.size();
                    return last;
                }
            }
        }
        return last;
    }

    private Optional<HttpResponse<String>> send(HttpRequest request) {
        try {
            return Optional.of(http.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException notNow) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private Answer read(String path, HttpResponse<String> answer) {
        if (answer.statusCode() == 500) {
            faults.add(path + ": " + answer.body());
        }
        try {
            return new Answer(answer.statusCode(), MAPPER.readTree(answer.body()));
        } catch (IOException e) {
            faults.add(path + ": no JSON: " + answer.body());
            return new Answer(0, MissingNode.getInstance());
        }
    }
}
