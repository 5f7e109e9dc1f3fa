package io.upstep.verifier.check.http;

import io.upstep.verifier.VerifierConfig;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.cluster.HttpAnswer;
import io.upstep.verifier.cluster.NoAnswerException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** GETs an endpoint: not longer than the time limit, not more than the size limit, and without following redirects. */
@ApplicationScoped
public class HttpReader {
    private final HttpClient client;
    private final Duration timeout;
    private final int limit;

    public HttpReader(VerifierConfig config) {
        client = HttpClient.newBuilder()
                .connectTimeout(config.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        timeout = config.requestTimeout();
        limit = config.bodyLimit();
    }

    /** @throws NoAnswerException if there is no answer */
    HttpAnswer get(Endpoint endpoint, CheckContext context) {
        return endpoint.isService()
                ? context.cluster()
                        .getFromService(
                                context.namespace(),
                                endpoint.service(),
                                endpoint.port(),
                                endpoint.path() == null ? "/" : endpoint.path())
                : get(endpoint.uri());
    }

    private HttpAnswer get(URI uri) {
        CompletableFuture<HttpAnswer> answer = client.sendAsync(
                        HttpRequest.newBuilder(uri).timeout(timeout).build(), HttpResponse.BodyHandlers.ofInputStream())
                .thenApplyAsync(this::limited);
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoAnswerException("interrupted while asking " + uri, e);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new NoAnswerException(uri + " did not answer within " + timeout, e);
        } catch (ExecutionException e) {
            throw new NoAnswerException(uri + " cannot be asked: " + reason(e.getCause()), e);
        }
    }

    private HttpAnswer limited(HttpResponse<InputStream> response) {
        try (InputStream body = response.body()) {
            byte[] bytes = body.readNBytes(limit);
            return new HttpAnswer(response.statusCode(), new String(bytes, StandardCharsets.UTF_8), body.read() < 0);
        } catch (IOException e) {
            throw new NoAnswerException("its answer broke off: " + reason(e), e);
        }
    }

    private static String reason(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
