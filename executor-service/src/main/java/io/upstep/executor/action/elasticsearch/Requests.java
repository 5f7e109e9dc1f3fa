package io.upstep.executor.action.elasticsearch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.upstep.executor.action.StoppedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends one request: not longer than the time limit, not more than the size limit. */
record Requests(HttpClient http) {
    /** A flush of a large index takes its time. */
    static final Duration TIMEOUT = Duration.ofMinutes(1);

    private static final int MOST = 16 * 1024 * 1024;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    Answer send(HttpRequest request) throws IOException {
        CompletableFuture<Answer> answer = http.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream())
                .thenApplyAsync(Requests::read);
        try {
            return answer.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException("interrupted while waiting for Elasticsearch");
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException("no answer within " + TIMEOUT.toSeconds() + " seconds", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof UncheckedIOException unreadable
                    ? unreadable.getCause()
                    : new IOException(said(e.getCause()), e.getCause());
        }
    }

    private static Answer read(HttpResponse<InputStream> response) {
        try (InputStream body = response.body()) {
            byte[] bytes = body.readNBytes(MOST);
            if (body.read() >= 0) {
                throw new IOException("an answer of more than " + MOST + " bytes");
            }
            return new Answer(response.statusCode(), json(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is between may answer, too, and not in JSON. */
    private static JsonNode json(byte[] bytes) throws IOException {
        try {
            JsonNode json = MAPPER.readTree(bytes);
            return json == null ? JsonNodeFactory.instance.objectNode() : json;
        } catch (JsonProcessingException e) {
            return JsonNodeFactory.instance.objectNode();
        }
    }

    private static String said(Throwable e) {
        if (e instanceof ConnectException) {
            // It says nothing itself.
            return "nothing can be connected to there";
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
