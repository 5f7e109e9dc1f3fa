package io.upstep.standalone.fault;

import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** A real PostgreSQL server as a process of its own, whose data outlives it. */
final class PostgresServer implements AutoCloseable {
    private static final String USER = "upstep";
    private static final int LOWEST_PORT = 30_000;
    private static final int HIGHEST_PORT = 32_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path directory;
    private final int port;
    private Process process;

    private PostgresServer(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    static PostgresServer create(Path directory) {
        PostgresServer server = new PostgresServer(directory, freePort());
        try {
            Files.createDirectories(server.programs());
            server.unpack();
            server.run(server.command(
                    "initdb", "-D", server.data(), "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync"));
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL could not be set up in " + directory, e);
        }
        return server.start();
    }

    /** What a planner must be told to use it. */
    Map<String, String> environment() {
        return Map.of(
                "UPSTEP_PLANNER_STORE_URL", url(),
                "UPSTEP_PLANNER_STORE_USERNAME", USER,
                "UPSTEP_PLANNER_STORE_PASSWORD", USER);
    }

    /** Starts it with the data it had, and waits until it answers. */
    PostgresServer start() {
        try {
            // A killed server leaves its number behind, which may be somebody else's by now.
            Files.deleteIfExists(Path.of(data(), "postmaster.pid"));
            process = new ProcessBuilder(command(
                            "postgres",
                            "-D",
                            data(),
                            "-p",
                            Integer.toString(port),
                            "-c",
                            "listen_addresses=127.0.0.1",
                            "-c",
                            "unix_socket_directories=",
                            "-c",
                            "shared_buffers=32MB",
                            "-c",
                            "max_connections=60"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            directory.resolve("server.log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        await("PostgreSQL").atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(this::answers);
        return this;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    @Override
    public void close() {
        Signals.kill(handle());
    }

    /** Below what the system gives to outgoing connections: one of those could take the port while the server is down. */
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

    private boolean answers() {
        try (Connection connection = DriverManager.getConnection(url(), USER, USER)) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }

    private String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    private Path programs() {
        return directory.resolve("programs");
    }

    /** PostgreSQL does not run as root: as root it runs in a user namespace, where nobody is. */
    private List<String> command(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(programs().resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private void unpack() throws IOException {
        Process tar = new ProcessBuilder(
                        "tar", "-xJf", "-", "--no-same-owner", "-C", programs().toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (InputStream archive = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary("Linux", "x86_64");
                OutputStream in = tar.getOutputStream()) {
            archive.transferTo(in);
        }
        awaitSuccess(tar, "tar");
    }

    private void run(List<String> command) throws IOException {
        Process running = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("setup.log").toFile())
                .start();
        awaitSuccess(running, command.get(command.size() - 1));
    }

    private void awaitSuccess(Process running, String name) throws IOException {
        try {
            int exit = running.waitFor();
            if (exit != 0) {
                throw new IOException("expected " + name + " to succeed, it ended with " + exit + "; see " + directory);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + name + " ran", e);
        }
    }
}
