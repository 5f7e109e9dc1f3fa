package io.upstep.broker.contract.server;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A server process and its directory. What is known of it is in the directory, so that a test which did not start it can
 * still kill it. It never outlives the process that started it.
 */
public abstract class RealServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SHOWN_OF_LOG = 2000;

    private final Path directory;
    private final int port;

    protected RealServer(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    /** What a service must be told to use it. */
    public abstract Map<String, String> config();

    protected abstract List<String> command();

    protected abstract boolean answers() throws Exception;

    protected Map<String, String> environment() {
        return Map.of();
    }

    /** Whatever must be in the directory before the first start. */
    protected void prepare() throws IOException {}

    public int port() {
        return port;
    }

    public Path directory() {
        return directory;
    }

    /** Starts it, with the data it had, and waits until it answers. */
    public RealServer start() {
        try {
            prepare();
            launch("server", command(), environment());
        } catch (IOException e) {
            throw new UncheckedIOException(name() + " could not be started: is it installed?", e);
        }
        await(name()).atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(this::isReady);
        return this;
    }

    /** Lets it shut down in good order. */
    public void stop() {
        process("server").ifPresent(process -> {
            process.destroy();
            awaitEnd(process);
        });
    }

    /** {@code kill -9}. */
    public void kill() {
        process("server").ifPresent(RealServer::kill);
    }

    /** {@code SIGSTOP}: it keeps its connections, and answers nobody. */
    public void pause() {
        signal("STOP");
    }

    /** {@code SIGCONT}: it goes on as if no time had passed. */
    public void resume() {
        signal("CONT");
    }

    @Override
    public void close() {
        kill();
        deleteDirectory();
    }

    protected final void launch(String role, List<String> command, Map<String, String> environment) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log(role)));
        builder.environment().putAll(environment);
        Process process = builder.start();
        Files.writeString(pidFile(role), Long.toString(process.pid()));
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    protected final Optional<ProcessHandle> process(String role) {
        try {
            return Files.exists(pidFile(role))
                    ? ProcessHandle.of(Long.parseLong(Files.readString(pidFile(role))))
                            .filter(ProcessHandle::isAlive)
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    protected static void kill(ProcessHandle process) {
        process.destroyForcibly();
        awaitEnd(process);
    }

    /** Cheaper to ask than a client that would itself wait and try again. */
    protected final boolean isListening() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    private boolean isReady() throws Exception {
        if (process("server").isEmpty()) {
            throw new IllegalStateException(name() + " ended at once; its log ends with: " + endOfLog());
        }
        return answers();
    }

    private void signal(String name) {
        ProcessHandle server = process("server").orElseThrow(() -> new IllegalStateException(name() + " does not run"));
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(server.pid())).start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException(name() + " (" + server.pid() + ") could not be sent SIG" + name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sending SIG" + name + " to " + name(), e);
        }
    }

    private static void awaitEnd(ProcessHandle process) {
        await("end of " + process.pid())
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !process.isAlive());
    }

    private String endOfLog() throws IOException {
        String log = Files.readString(log("server").toPath());
        return log.substring(Math.max(0, log.length() - SHOWN_OF_LOG));
    }

    private void deleteDirectory() {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private File log(String role) {
        return directory.resolve(role + ".log").toFile();
    }

    private Path pidFile(String role) {
        return directory.resolve(role + ".pid");
    }

    private String name() {
        return getClass().getSimpleName();
    }
}
