package io.upstep.simulator.api;

import io.upstep.simulator.rules.Refusal;
import io.upstep.simulator.store.ObjectStore;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.NetClient;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Speaks HTTP on a port of its own: plain answers, and watches as a stream or over a web socket. */
public final class ApiServer implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 10;
    private static final String EVERYBODY = "kubernetes-admin";
    private static final System.Logger LOG = System.getLogger(ApiServer.class.getName());

    private final Vertx vertx;
    private final Router router;
    private final ObjectStore store;
    private final Gate gate;
    private final String host;
    private final NetClient net;
    private int port;
    private HttpServer server;

    public ApiServer(Vertx vertx, Router router, ObjectStore store, Gate gate, String host, int port) {
        this.vertx = vertx;
        this.net = vertx.createNetClient();
        this.router = router;
        this.store = store;
        this.gate = gate;
        this.host = host;
        this.port = port;
    }

    /** Listens; a port that was free the first time stays the same after a stop. */
    public synchronized void start() {
        if (server != null) {
            return;
        }
        HttpServerOptions options = new HttpServerOptions()
                .setHost(host)
                .setPort(port)
                .setCompressionSupported(false)
                .setMaxInitialLineLength(64 * 1024)
                .setMaxHeaderSize(64 * 1024)
                .setWebSocketSubProtocols(List.of(PortForward.PROTOCOL))
                .setReuseAddress(true);
        server = done(
                vertx.createHttpServer(options).requestHandler(this::handle).listen());
        port = server.actualPort();
    }

    /** Stops listening and cuts every connection, as an API server that dies does. */
    public synchronized void stop() {
        if (server != null) {
            done(server.close());
            server = null;
        }
    }

    public int port() {
        return port;
    }

    public String host() {
        return host;
    }

    @Override
    public void close() {
        stop();
    }

    private void handle(HttpServerRequest http) {
        boolean upgrade = "websocket".equalsIgnoreCase(http.getHeader("Upgrade"));
        if (upgrade) {
            // An upgrade must happen before the request is read, and has no body anyway.
            serve(http, request(http, Buffer.buffer()), true);
        } else {
            http.body().onSuccess(body -> serve(http, request(http, body), false));
        }
    }

    private void serve(HttpServerRequest http, Request request, boolean upgrade) {
        Gate.Verdict verdict = gate.admit(request);
        if (verdict instanceof Gate.Refuse refuse) {
            Answer refused = Answer.json(refuse.with().code(), refuse.with().status());
            send(http.response(), refused);
        } else if (verdict instanceof Gate.Pass pass) {
            // An upgrade cannot wait: it must happen while the request is being handled.
            long latency = upgrade ? 0 : pass.latency().toMillis();
            after(latency, () -> answer(http, request, upgrade));
        } else if (verdict instanceof Gate.Keep keep) {
            Context context = vertx.getOrCreateContext();
            keep.until().thenRun(() -> context.runOnContext(v -> answer(http, request, upgrade)));
        } else if (verdict instanceof Gate.Lose lose) {
            lose(http, request, lose);
        }
        // What hangs is not answered; the client's patience ends it.
    }

    private void lose(HttpServerRequest http, Request request, Gate.Lose lose) {
        if (lose.applied()) {
            router.answer(request);
        }
        after(lose.after().toMillis(), () -> http.response().reset());
    }

    private void answer(HttpServerRequest http, Request request, boolean upgrade) {
        try {
            Optional<WatchTarget> watch = router.watch(request);
            Optional<PortForward.Target> forward = upgrade ? router.forward(request) : Optional.empty();
            if (forward.isPresent()) {
                http.toWebSocket().onSuccess(socket -> PortForward.open(net, store, forward.get(), socket));
            } else if (watch.isEmpty()) {
                send(http.response(), router.answer(request));
            } else if (upgrade) {
                http.toWebSocket().onSuccess(socket -> socket(socket, watch.get()));
            } else {
                stream(http.response(), watch.get());
            }
        } catch (Refusal refusal) {
            send(http.response(), Answer.json(refusal.code(), refusal.status()));
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "The simulated API server failed on " + request, e);
            Refusal failure = Refusal.internal(e.toString());
            send(http.response(), Answer.json(failure.code(), failure.status()));
        }
    }

    private void stream(HttpServerResponse response, WatchTarget target) {
        response.setChunked(true).putHeader("Content-Type", "application/json");
        // The header goes out at once: a client waits for it before it believes the watch.
        response.writeHead();
        Watch watch = router.watch(target, event -> response.write(event + "\n"));
        response.closeHandler(v -> watch.end());
        run(watch, target, response::end);
    }

    private void socket(ServerWebSocket socket, WatchTarget target) {
        Watch watch = router.watch(target, socket::writeTextMessage);
        socket.closeHandler(v -> watch.end());
        run(watch, target, socket::close);
    }

    private void run(Watch watch, WatchTarget target, Runnable close) {
        if (!watch.begin()) {
            close.run();
        } else if (target.seconds() > 0) {
            vertx.setTimer(target.seconds() * 1000L, t -> {
                watch.end();
                close.run();
            });
        }
    }

    private void after(long millis, Runnable work) {
        if (millis == 0) {
            work.run();
        } else {
            vertx.setTimer(millis, t -> work.run());
        }
    }

    private static void send(HttpServerResponse response, Answer answer) {
        if (!response.ended() && !response.closed()) {
            response.setStatusCode(answer.code())
                    .putHeader("Content-Type", answer.contentType())
                    .end(answer.text());
        }
    }

    private static Request request(HttpServerRequest http, Buffer body) {
        Map<String, String> query = new LinkedHashMap<>();
        http.params().forEach(e -> query.putIfAbsent(e.getKey(), e.getValue()));
        return new Request(
                http.method().name(),
                URLDecoder.decode(http.path().replace("+", "%2B"), StandardCharsets.UTF_8),
                query,
                header(http, "Content-Type"),
                header(http, "Accept"),
                header(http, "User-Agent"),
                user(http),
                body.getBytes());
    }

    /** Nobody has to say who they are; who wants to be somebody else says so as to a real API server. */
    private static String user(HttpServerRequest http) {
        String other = header(http, "Impersonate-User");
        return other.isEmpty() ? EVERYBODY : other;
    }

    private static String header(HttpServerRequest http, String name) {
        String value = http.getHeader(name);
        return value == null ? "" : value;
    }

    private static <T> T done(Future<T> work) {
        CompletableFuture<T> future = work.toCompletionStage().toCompletableFuture();
        try {
            return future.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw new IllegalStateException("The simulated API server cannot listen or stop: " + e.getCause(), e);
        }
    }
}
