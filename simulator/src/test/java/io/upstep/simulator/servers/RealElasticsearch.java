package io.upstep.simulator.servers;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A real Elasticsearch node of the test's own, version 5.6.16 or 7.6.2, on a free loopback port that it keeps when it is
 * started again. Its indices are in the directory given: renaming that renames the index store.
 */
public final class RealElasticsearch implements AutoCloseable {
    public static final String OLD = "5.6.16";
    public static final String NEW = "7.6.2";

    private static final Duration READY = Duration.ofMinutes(3);
    private static final Duration STOPPED = Duration.ofMinutes(1);
    private static final int LOWEST_PORT = 20_000;
    private static final int HIGHEST_PORT = 30_000;
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final String version;
    private final Path data;
    private final List<String> settings;
    private final Path home;
    private final Path directory;
    private final int port;
    private Process process;

    private RealElasticsearch(String version, Path data, List<String> settings) throws IOException {
        this.version = version;
        this.data = data.toAbsolutePath();
        this.settings = settings;
        this.home = new ElasticsearchBinaries(version).home();
        this.directory = Files.createTempDirectory("upstep-elasticsearch");
        this.port = freePort();
    }

    /**
     * Starts one and returns when it answers.
     *
     * @param settings further lines of its configuration, such as {@code reindex.remote.whitelist: '127.0.0.1:*'}
     */
    public static RealElasticsearch start(String version, Path data, String... settings) {
        return launch(version, data, settings).awaitReady();
    }

    /** Starts one and does not wait for it, so that another can be started meanwhile. */
    public static RealElasticsearch launch(String version, Path data, String... settings) {
        try {
            RealElasticsearch server = new RealElasticsearch(version, data, List.of(settings));
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            server.begin();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start Elasticsearch " + version, e);
        }
    }

    public RealElasticsearch awaitReady() {
        await("Elasticsearch " + version + " to be ready")
                .atMost(READY)
                .pollInterval(Duration.ofMillis(100))
                .until(this::isReady);
        return this;
    }

    public int port() {
        return port;
    }

    public String version() {
        return version;
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Sends a request, and returns the answer's text if it is a good one. */
    public String call(String method, String path, String body) {
        HttpResponse<String> answer = answer(method, path, body);
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    /** Sends a request, and returns what comes. */
    public HttpResponse<String> answer(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(uri().resolve(path))
                .timeout(Duration.ofMinutes(1))
                .header("Content-Type", path.startsWith("/_bulk") ? "application/x-ndjson" : "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path + "; its log:\n" + tail(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted at " + method + " " + path, e);
        }
    }

    /** As an orchestrator does it: SIGTERM, and time to finish. */
    public void stop() {
        process.destroy();
        awaitEnd();
    }

    /** As a power cut would: no goodbye, no last write. */
    public void kill() {
        if (process != null) {
            process.destroyForcibly();
            awaitEnd();
        }
    }

    /** Starts it again after {@link #stop} or {@link #kill}, on the same port and directory. */
    public RealElasticsearch restart() {
        try {
            begin();
            return awaitReady();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start Elasticsearch " + version + " again", e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it and leaves its indices where they are. */
    @Override
    public void close() {
        kill();
        try {
            Directories.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + directory, e);
        }
    }

    /** The end of what it said. */
    public String tail() {
        try {
            List<String> lines = Files.readAllLines(directory.resolve("log"));
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
        } catch (IOException e) {
            return "(its log cannot be read: " + e.getMessage() + ")";
        }
    }

    private void begin() throws IOException {
        Files.createDirectories(data);
        Path configuration = Files.createDirectories(directory.resolve("config"));
        Files.createDirectories(configuration.resolve("scripts"));
        Files.createDirectories(directory.resolve("temporary"));
        Files.write(configuration.resolve("elasticsearch.yml"), configuration());
        Files.write(configuration.resolve("jvm.options"), List.of());
        Files.writeString(configuration.resolve("log4j2.properties"), """
                status = error
                appender.console.type = Console
                appender.console.name = console
                appender.console.layout.type = PatternLayout
                appender.console.layout.pattern = [%d{ISO8601}][%-5p][%-25c{1.}] %m%n
                rootLogger.level = info
                rootLogger.appenderRef.console.ref = console
                """);
        process = new ProcessBuilder(command(configuration))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("log").toFile()))
                .redirectInput(new File("/dev/null"))
                .start();
    }

    private List<String> configuration() {
        List<String> lines = new ArrayList<>(List.of(
                "cluster.name: upstep-test-" + port,
                "node.name: n",
                "network.host: 127.0.0.1",
                "http.port: " + port,
                "transport.tcp.port: 0",
                "discovery.type: single-node",
                "path.data: '" + data + "'",
                "path.logs: '" + directory + "'"));
        lines.addAll(settings);
        return lines;
    }

    private List<String> command(Path configuration) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms192m",
                "-Xmx448m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dfile.encoding=UTF-8",
                // Without the native library it cannot see, and so does not mind, that it runs as root.
                "-Djna.nosys=true",
                "-Djna.nounpack=true",
                "-Djava.security.manager=allow",
                "-Djava.io.tmpdir=" + directory.resolve("temporary"),
                "-Dio.netty.noUnsafe=true",
                "-Dio.netty.noKeySetOptimization=true",
                "-Dio.netty.recycler.maxCapacityPerThread=0",
                "-Dlog4j.shutdownHookEnabled=false",
                "-Dlog4j2.disable.jmx=true",
                "-Des.path.home=" + home,
                "-Des.path.conf=" + configuration,
                "-Des.distribution.flavor=oss",
                "-Des.distribution.type=zip",
                "-Des.bundled_jdk=false",
                "-cp",
                home.resolve("lib") + "/*",
                "org.elasticsearch.bootstrap.Elasticsearch");
    }

    private boolean isReady() {
        if (!process.isAlive()) {
            throw new IllegalStateException(
                    "Elasticsearch " + version + " ended with " + process.exitValue() + "; its log:\n" + tail());
        }
        HttpRequest request = HttpRequest.newBuilder(
                        uri().resolve("/_cluster/health?wait_for_status=yellow&timeout=1s"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Elasticsearch was starting", e);
        }
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(STOPPED.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("Elasticsearch " + version + " is still running; its log:\n" + tail());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Elasticsearch was stopping", e);
        }
    }

    /** Below what the system gives to outgoing connections: one of those could take the port while the node is down. */
    private static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                continue;
            }
        }
    }
}
