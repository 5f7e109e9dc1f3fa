package io.upstep.verifier.check.elasticsearch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.upstep.verifier.VerifierConfig;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.check.SecretLooking;
import io.upstep.verifier.cluster.NoAnswerException;
import io.upstep.verifier.cluster.Tunnel;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** GETs from Elasticsearch nodes: not longer than the time limit, and not more than the size limit. */
@ApplicationScoped
public class Nodes {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int GOOD = 300;
    private static final int SHOWN = 300;
    /** A node that starts, is full of work or has not found its shards yet says one of these. */
    private static final Set<Integer> LATER = Set.of(429, 502, 503, 504);

    private final VerifierConfig config;
    private final HttpClient client;

    public Nodes(VerifierConfig config) {
        this.config = config;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(config.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * @throws NoAnswerException if there is nobody to ask, or nobody answers in time
     * @throws RefusedException if the node says no
     */
    JsonNode get(Connection connection, String path, CheckContext context) {
        return get(connection, path, null, context);
    }

    /** @param body what is asked for, for questions that do not fit into a path; null for none */
    JsonNode get(Connection connection, String path, JsonNode body, CheckContext context) {
        try (Tunnel way = connection.place().open(context.cluster(), context.namespace())) {
            try {
                return answer(connection, send(request(connection, way, path, body, context)));
            } catch (IOException e) {
                throw new NoAnswerException(
                        connection + " cannot be asked: " + said(e)
                                + way.problem()
                                        .map(problem -> " (on the way: " + problem + ")")
                                        .orElse(""),
                        e);
            }
        }
    }

    private HttpRequest request(Connection connection, Tunnel way, String path, JsonNode body, CheckContext context) {
        String host = way.host().indexOf(':') < 0 ? way.host() : "[" + way.host() + "]";
        URI uri = URI.create((connection.tls() ? "https://" : "http://") + host + ":" + way.port() + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(config.requestTimeout())
                .header("Content-Type", "application/json")
                .method(
                        "GET",
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body.toString()));
        connection.login().ifPresent(login -> request.header("Authorization", basic(login, context)));
        return request.build();
    }

    private static String basic(Connection.SecretRef login, CheckContext context) {
        String user = context.cluster().login(context.namespace(), login.name(), login.userKey());
        String password = context.cluster().login(context.namespace(), login.name(), login.passwordKey());
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private Answer send(HttpRequest request) throws IOException {
        CompletableFuture<Answer> answer = client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream())
                .thenApplyAsync(this::limited);
        try {
            return answer.get(config.requestTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoAnswerException("interrupted while asking Elasticsearch", e);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException("no answer within " + config.requestTimeout(), e);
        } catch (ExecutionException e) {
            throw new IOException(said(e.getCause()), e.getCause());
        }
    }

    private Answer limited(HttpResponse<InputStream> response) {
        try (InputStream body = response.body()) {
            byte[] bytes = body.readNBytes(config.bodyLimit());
            if (body.read() >= 0) {
                throw new NoAnswerException("its answer has more than " + config.bodyLimit() + " bytes");
            }
            return new Answer(response.statusCode(), bytes);
        } catch (IOException e) {
            throw new NoAnswerException("its answer broke off: " + said(e), e);
        }
    }

    private static JsonNode answer(Connection connection, Answer answer) throws IOException {
        JsonNode body = answer.json();
        if (answer.status() < GOOD) {
            return body;
        }
        JsonNode error = body.path("error");
        String reason =
                error.isTextual() ? error.asText() : error.path("reason").asText("");
        String shown = reason.length() <= SHOWN ? reason : reason.substring(0, SHOWN) + "…";
        String said = connection + " answers with status " + answer.status()
                + (shown.isEmpty()
                        ? ""
                        : ": " + SecretLooking.hidden(TextNode.valueOf(shown)).asText());
        throw LATER.contains(answer.status())
                ? new NoAnswerException(said)
                : new RefusedException(answer.status(), said);
    }

    private static String said(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    private record Answer(int status, byte[] bytes) {
        JsonNode json() throws IOException {
            try {
                JsonNode json = MAPPER.readTree(bytes);
                return json == null ? MAPPER.createObjectNode() : json;
            } catch (JsonProcessingException e) {
                if (status < GOOD) {
                    throw new IOException("expected JSON, came something else", e);
                }
                return MAPPER.createObjectNode();
            }
        }
    }
}
