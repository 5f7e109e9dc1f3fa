package io.upstep.executor.action.helm;

import com.sun.net.httpserver.HttpExchange;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Hands requests on to the API server as they are, with the executor's credentials. */
final class RawPassage {
    private static final byte[] NOTHING = new byte[0];
    private static final Part THE_END = new Part(NOTHING, () -> {});

    private final KubernetesClient client;

    /** @param taken asks for what comes next */
    private record Part(byte[] bytes, Runnable taken) {}

    RawPassage(KubernetesClient client) {
        this.client = client;
    }

    /** @param added to the query; null for nothing */
    ApiAnswer send(ApiCall call, byte[] body, String added) throws IOException {
        HttpResponse<byte[]> response =
                await(http().sendAsync(request(call, body, added).build(), byte[].class));
        byte[] content = response.body() == null ? NOTHING : response.body();
        return new ApiAnswer(response.code(), response.header("Content-Type"), content);
    }

    /** What comes bit by bit is handed on bit by bit, and only as fast as it is taken. */
    void stream(ApiCall call, HttpExchange exchange) throws IOException {
        BlockingQueue<Part> arrived = new LinkedBlockingQueue<>();
        HttpRequest request = request(call, call.body(), null).forStreaming().build();
        HttpResponse<AsyncBody> response = await(http().consumeBytes(request, (buffers, more) -> {
            buffers.forEach(buffer -> arrived.add(new Part(bytes(buffer), () -> {})));
            arrived.add(new Part(NOTHING, more::consume));
        }));
        exchange.getResponseHeaders().set("Content-Type", String.valueOf(response.header("Content-Type")));
        exchange.sendResponseHeaders(response.code(), 0);
        AsyncBody body = response.body();
        body.done().whenComplete((done, failure) -> arrived.add(THE_END));
        body.consume();
        try (OutputStream out = exchange.getResponseBody()) {
            for (Part next = arrived.take(); next != THE_END; next = arrived.take()) {
                out.write(next.bytes());
                out.flush();
                next.taken().run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            body.cancel();
        }
    }

    private HttpClient http() {
        return client.getHttpClient();
    }

    private HttpRequest.Builder request(ApiCall call, byte[] body, String added) {
        String master = client.getMasterUrl().toString();
        String query = added == null ? call.query() : call.query() == null ? added : call.query() + "&" + added;
        if (added != null && call.query() != null && call.query().contains("fieldManager=")) {
            query = call.query().replaceAll("fieldManager=[^&]*", added);
        }
        HttpRequest.Builder builder = http().newHttpRequestBuilder()
                .uri((master.endsWith("/") ? master.substring(0, master.length() - 1) : master)
                        + call.path()
                        + (query == null ? "" : "?" + query));
        call.accept().forEach(accept -> builder.header("Accept", accept));
        if (call.isWrite()) {
            builder.method(call.method(), call.contentType(), new ByteArrayInputStream(body), body.length);
        }
        return builder;
    }

    private <T> T await(java.util.concurrent.CompletableFuture<T> future) throws IOException {
        try {
            return future.get(client.getConfiguration().getRequestTimeout() + 1000L, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the API server was asked");
        } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
            future.cancel(true);
            throw new IOException("the API server did not answer: " + e.getMessage());
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
