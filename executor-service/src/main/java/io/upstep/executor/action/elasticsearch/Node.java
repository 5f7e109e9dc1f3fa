package io.upstep.executor.action.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.event.Outcome;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.route.Address;
import io.upstep.executor.action.route.Route;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One Elasticsearch node, spoken to with patience: while it is away or busy, requests wait for it. Before each write it is
 * asked whether the attempt still owns the installation.
 */
final class Node implements AutoCloseable {
    static final String UNREACHABLE = "elasticsearch-unreachable";

    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final Connection connection;
    private final Route route;
    private final Optional<Login> login;
    private final Requests requests;
    private final Duration patience;
    private final StepContext context;

    Node(
            Connection connection,
            Route route,
            Optional<Login> login,
            Requests requests,
            Duration patience,
            StepContext context) {
        this.connection = connection;
        this.route = route;
        this.login = login;
        this.requests = requests;
        this.patience = patience;
        this.context = context;
    }

    Answer get(String path) {
        return patient(new Request("GET", path, null, null));
    }

    Answer put(String path, JsonNode body) {
        return patient(new Request("PUT", path, body, null));
    }

    Answer post(String path) {
        return patient(new Request("POST", path, null, null));
    }

    Answer delete(String path) {
        return patient(new Request("DELETE", path, null, null));
    }

    /**
     * What may not be said twice unseen. Its failure to arrive is a failure.
     *
     * @param mark by which the node lets it be found again among what it works on
     */
    Answer postOnce(String path, JsonNode body, String mark) throws IOException {
        return send(new Request("POST", path, body, mark));
    }

    Optional<Login> login() {
        return login;
    }

    String version() {
        return self().at("/version/number").asText();
    }

    /** What tells its cluster from every other one. A node that has just started belongs to none. */
    String cluster() {
        String cluster = self().path("cluster_uuid").asText();
        if (cluster.isEmpty() || cluster.equals("_na_")) {
            throw ActionException.passing(
                    UNREACHABLE,
                    "expected " + this + " to say which cluster it belongs to, and it belongs to none yet");
        }
        return cluster;
    }

    private JsonNode self() {
        return get("/").required("asking " + this + " what it is").body();
    }

    private Answer patient(Request request) {
        Instant end = context.clock().instant().plus(patience);
        Duration pause = FIRST;
        while (true) {
            String why;
            try {
                Answer answer = send(request);
                if (!answer.isLater()) {
                    return answer;
                }
                why = answer.reason();
            } catch (IOException e) {
                why = e.getMessage();
            }
            if (!context.clock().instant().isBefore(end)) {
                throw ActionException.passing(
                        UNREACHABLE,
                        "expected " + this + " to answer within " + patience.toSeconds() + " seconds; last: " + why);
            }
            context.progress(null, this + " does not answer: " + why);
            context.pause(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
        }
    }

    private Answer send(Request request) throws IOException {
        URI uri = URI.create((connection.tls() ? "https://" : "http://") + address() + request.path());
        HttpRequest.Builder http = HttpRequest.newBuilder(uri)
                .timeout(Requests.TIMEOUT)
                .header("Content-Type", "application/json")
                .method(request.method(), request.publisher());
        login.ifPresent(known -> http.header("Authorization", known.header()));
        if (request.mark() != null) {
            http.header("X-Opaque-Id", request.mark());
        }
        if (request.isWrite()) {
            context.checkpoint();
        }
        return requests.send(http.build());
    }

    /** A Service without a ready pod is a node that is away. */
    private Address address() throws IOException {
        try {
            return route.address();
        } catch (ActionException e) {
            if (e.outcome() instanceof Outcome.Failed failed && failed.retryable()) {
                throw new IOException(e.getMessage(), e);
            }
            throw e;
        }
    }

    @Override
    public void close() {
        route.close();
    }

    @Override
    public String toString() {
        return connection.toString();
    }

    private record Request(String method, String path, JsonNode body, String mark) {
        boolean isWrite() {
            return !method.equals("GET");
        }

        HttpRequest.BodyPublisher publisher() {
            return body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body.toString());
        }
    }
}
