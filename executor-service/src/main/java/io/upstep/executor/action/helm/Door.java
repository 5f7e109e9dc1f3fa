package io.upstep.executor.action.helm;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.StoppedException;
import io.upstep.executor.action.kubernetes.FencedObjects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The only way from a Helm process to the cluster: an address on this machine's loopback, open to whoever knows its token and
 * only while the process runs. It hands reads on and does writes under the attempt's fence; the cluster's credentials stay here.
 */
final class Door implements AutoCloseable {
    private static final int TOKEN = 32;
    // A write on its way is interrupted: it ends at once, unless something is very wrong.
    private static final Duration LAST_WRITE = Duration.ofSeconds(5);

    private final StepContext context;
    private final RawPassage raw;
    private final FencedPassage fenced;
    private final HttpServer server;
    private final ExecutorService threads;
    private final String token;
    private final AtomicReference<RuntimeException> refusal = new AtomicReference<>();

    /** @param objects what is written is noted in their report */
    Door(StepContext context, FencedObjects objects) {
        this.context = context;
        this.raw = new RawPassage(context.client());
        this.fenced = new FencedPassage(context, objects, raw);
        this.token = token();
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "upstep-helm-door");
            thread.setDaemon(true);
            return thread;
        });
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        // By number: a name would have to be looked up, and may lead elsewhere.
        String host = server.getAddress().getAddress().getHostAddress();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":"
                + server.getAddress().getPort();
    }

    /** A kubeconfig that leads here and nowhere else. The token is in the path: clients send none without TLS. */
    String kubeconfig() {
        return """
                apiVersion: v1
                kind: Config
                clusters: [{name: door, cluster: {server: "%s/%s"}}]
                users: [{name: helm, user: {}}]
                contexts: [{name: door, context: {cluster: door, user: helm, namespace: "%s"}}]
                current-context: door
                """.formatted(url(), token, context.namespace());
    }

    /** What Helm says of where it was, as people know it. */
    String told(String said) {
        return said.replace(url() + "/" + token, "the API server").replace(token, "***");
    }

    /** Throws what made the door refuse a write, if it did: from then on nothing is let through. */
    void throwIfRefused() {
        RuntimeException first = refusal.get();
        if (first != null) {
            throw first;
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!isKnown(exchange)) {
                answer(
                        exchange,
                        ApiAnswer.refused(HttpURLConnection.HTTP_UNAUTHORIZED, "Unauthorized", "Unauthorized"));
                return;
            }
            ApiCall call = ApiCall.of(exchange, token.length() + 1);
            if (call.isWatch() && !call.isWrite()) {
                raw.stream(call, exchange);
            } else {
                answer(exchange, answered(call));
            }
        }
    }

    private ApiAnswer answered(ApiCall call) {
        try {
            return call.changesNothing() ? raw.send(call, call.body(), null) : written(call);
        } catch (IOException e) {
            return ApiAnswer.refused(HttpURLConnection.HTTP_UNAVAILABLE, "ServiceUnavailable", e.getMessage());
        }
    }

    /** One after the other: what an action may do with its context, it does on one thread at a time. */
    private synchronized ApiAnswer written(ApiCall call) throws IOException {
        try {
            throwIfRefused();
            return fenced.pass(call);
        } catch (KubernetesClientException e) {
            return ApiAnswer.failed(e);
        } catch (StoppedException | ActionException | IllegalArgumentException e) {
            refusal.compareAndSet(null, e);
            return ApiAnswer.refused(HttpURLConnection.HTTP_FORBIDDEN, "Forbidden", e.getMessage());
        }
    }

    private boolean isKnown(HttpExchange exchange) {
        String came = exchange.getRequestURI().getPath();
        String wanted = "/" + token + "/";
        return MessageDigest.isEqual(
                came.substring(0, Math.min(came.length(), wanted.length())).getBytes(StandardCharsets.UTF_8),
                wanted.getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, ApiAnswer answer) throws IOException {
        if (answer.contentType() != null) {
            exchange.getResponseHeaders().set("Content-Type", answer.contentType());
        }
        exchange.sendResponseHeaders(answer.code(), answer.body().length == 0 ? -1 : answer.body().length);
        exchange.getResponseBody().write(answer.body());
    }

    private static String token() {
        byte[] bytes = new byte[TOKEN];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Afterwards nothing is written any more: what comes after it may rely on that. */
    @Override
    public void close() {
        refusal.compareAndSet(null, new StoppedException("the way to the API server is closed"));
        server.stop(0);
        threads.shutdownNow();
        boolean interrupted = Thread.interrupted();
        try {
            threads.awaitTermination(LAST_WRITE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
