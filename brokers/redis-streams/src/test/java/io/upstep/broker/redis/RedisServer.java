package io.upstep.broker.redis;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** A real redis-server of the test's own, on a free loopback port, writing every command to disk before it answers. */
final class RedisServer implements AutoCloseable {
    static final String MISSING = "redis-server is not on the PATH; on Debian: apt-get install redis-server";

    private final Path directory;
    private final int port;
    private final List<String> more;
    private Process process;

    private RedisServer(Path directory, int port, List<String> more) {
        this.directory = directory;
        this.port = port;
        this.more = more;
    }

    /** Skips the test, or fails it where servers are required, when there is no redis-server. */
    static RedisServer started(String... more) {
        if (!canTry()) {
            Assumptions.abort(MISSING);
        }
        if (binary() == null) {
            throw new IllegalStateException(MISSING);
        }
        try {
            RedisServer server = new RedisServer(Files.createTempDirectory("upstep-redis"), freePort(), List.of(more));
            Runtime.getRuntime().addShutdownHook(new Thread(server::kill));
            server.start();
            return server;
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        }
    }

    /** For tests whose server is started outside of the reach of assumptions. */
    static boolean canTry() {
        return binary() != null || "true".equals(System.getenv("UPSTEP_REQUIRE_SERVERS"));
    }

    static int freePort() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        }
    }

    String uri() {
        return "redis://127.0.0.1:" + port;
    }

    int port() {
        return port;
    }

    RedisAddress address() {
        return RedisAddress.parse(uri());
    }

    Jedis client() {
        return new Jedis(new HostAndPort("127.0.0.1", port));
    }

    void start() {
        List<String> command = new ArrayList<>(List.of(
                binary(),
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--dir",
                directory.toString(),
                "--appendonly",
                "yes",
                "--appendfsync",
                "always",
                "--save",
                ""));
        command.addAll(more);
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("log").toFile())
                    .start();
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        }
        Awaitility.await("redis-server answers").atMost(10, TimeUnit.SECONDS).until(this::answers);
    }

    /** As a power cut would: no goodbye, no last write. */
    void kill() {
        if (process != null) {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    @Override
    public void close() {
        kill();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(file -> file.delete());
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        }
    }

    private boolean answers() {
        try (Jedis redis = client()) {
            return "PONG".equals(redis.ping());
        } catch (JedisException notYet) {
            return false;
        }
    }

    private static String binary() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(place -> Path.of(place, "redis-server"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse(null);
    }
}
