package io.upstep.standalone;

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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** One service as its own process, started as a user starts it: by {@code deploy/start.sh} and environment. */
public final class ServiceProcess implements AutoCloseable {
    private static final Path START =
            Path.of("..", "deploy", "start.sh").toAbsolutePath().normalize();
    private static final int LOWEST_PORT = 20_000;
    private static final int HIGHEST_PORT = 30_000;
    private static final Duration READY = Duration.ofMinutes(3);
    private static final Duration STOPPED = Duration.ofMinutes(1);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final String module;
    private final Path log;
    private final Map<String, String> environment;
    private final int port;
    private Process process;
    private long launched;

    private ServiceProcess(String module, Path directory, Map<String, String> environment) {
        this.module = module;
        this.port = freePort();
        this.log = directory.resolve(module + "-" + port + ".log");
        this.environment = new TreeMap<>(environment);
        this.environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
    }

    /**
     * @param module the folder of the service, for example {@code planner-service}
     * @param directory where its log goes
     */
    public static ServiceProcess start(String module, Path directory, Map<String, String> environment) {
        ServiceProcess service = new ServiceProcess(module, directory, environment);
        service.launch();
        return service;
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public ServiceProcess awaitReady() {
        await(module + " to be ready; its log:\n" + tail())
                .atMost(READY)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> readiness() == 200);
        return this;
    }

    /** The status code of its readiness probe; 0 while it does not answer. */
    public int readiness() {
        if (!process.isAlive()) {
            throw new IllegalStateException(module + " ended with " + process.exitValue() + "; its log:\n" + tail());
        }
        HttpRequest request = HttpRequest.newBuilder(uri().resolve("/q/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /** As the kernel does it when memory is out: no shutdown hook runs. */
    public void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        awaitEnd();
    }

    public void restart() {
        launch();
    }

    /** As an orchestrator does it: SIGTERM, and time to finish. */
    public void stop() {
        process.destroy();
        awaitEnd();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Since it was started last. */
    long uptimeMillis() {
        return Duration.ofNanos(System.nanoTime() - launched).toMillis();
    }

    /** Its own memory, without that of processes it has started, in MiB. */
    long residentMemory() throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    public String tail() {
        try {
            List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException e) {
            return "(its log cannot be read: " + e.getMessage() + ")";
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private void launch() {
        String name = module.replace("-service", "");
        ProcessBuilder builder = new ProcessBuilder("bash", START.toString(), name)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectInput(new File("/dev/null"));
        builder.environment().putAll(environment);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        try {
            launched = System.nanoTime();
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + module, e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(STOPPED.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException(module + " is still running; its log:\n" + tail());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + module + " was stopping", e);
        }
    }

    /** Below what the system gives to outgoing connections: one of those could take the port while the service is down. */
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
