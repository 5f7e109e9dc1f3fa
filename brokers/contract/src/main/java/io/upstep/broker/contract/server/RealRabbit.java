package io.upstep.broker.contract.server;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/** A real RabbitMQ node with a port mapper of its own, so that it meets no other node of the machine. */
public final class RealRabbit extends RealServer {
    /** Not Debian's wrapper, which changes the user. */
    public static final String BINARY = "/usr/lib/rabbitmq/bin/rabbitmq-server";

    private static final Duration TICK = Duration.ofMillis(500);
    private static final String LOOPBACK = "127.0.0.1";

    private RealRabbit(Path directory, int port) {
        super(directory, port);
    }

    public static RealRabbit create() {
        return at(FreePorts.newDirectory("upstep-rabbit"), FreePorts.next());
    }

    public static RealRabbit at(Path directory, int port) {
        return new RealRabbit(directory, port);
    }

    /** To be said before the first start: how long a message may stay unacknowledged before its channel is closed. */
    public RealRabbit withConsumerTimeout(Duration timeout) {
        // The server looks once a minute unless told otherwise, and takes the tick only in Erlang's own terms.
        write(
                "advanced.config",
                "[{rabbit, [{consumer_timeout, " + timeout.toMillis() + "}, {channel_tick_interval, " + TICK.toMillis()
                        + "}]}].\n");
        return this;
    }

    @Override
    public Map<String, String> config() {
        return Map.of(
                "upstep.broker",
                "rabbitmq",
                "upstep.rabbitmq.host",
                LOOPBACK,
                "upstep.rabbitmq.port",
                Integer.toString(port()));
    }

    public Connection connect() throws IOException, TimeoutException {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost(LOOPBACK);
        factory.setPort(port());
        factory.setAutomaticRecoveryEnabled(false);
        return factory.newConnection("test");
    }

    @Override
    public void close() {
        process("server").ifPresent(RealServer::kill);
        process("epmd").ifPresent(RealServer::kill);
        super.close();
    }

    @Override
    protected List<String> command() {
        return List.of(BINARY);
    }

    @Override
    protected void prepare() throws IOException {
        Files.writeString(
                directory().resolve("rabbitmq.conf"),
                String.join(
                        "\n",
                        "listeners.tcp.1 = " + LOOPBACK + ":" + port(),
                        "disk_free_limit.absolute = 10MB",
                        "raft.wal_max_size_bytes = 16777216",
                        ""));
        Files.writeString(directory().resolve("enabled_plugins"), "[].\n");
        if (!Files.exists(directory().resolve("advanced.config"))) {
            write("advanced.config", "[].\n");
        }
        if (process("epmd").isEmpty()) {
            // In the foreground, as a child: the one a node would start for itself outlives the node.
            launch("epmd", List.of("epmd", "-port", epmdPort(), "-address", LOOPBACK), Map.of());
        }
    }

    @Override
    protected Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("HOME", directory().toString());
        environment.put("RABBITMQ_NODENAME", "upstep" + port() + "@localhost");
        environment.put("RABBITMQ_NODE_PORT", Integer.toString(port()));
        environment.put("RABBITMQ_DIST_PORT", distributionPort());
        environment.put("RABBITMQ_MNESIA_BASE", directory().resolve("data").toString());
        environment.put("RABBITMQ_LOG_BASE", directory().resolve("log").toString());
        environment.put(
                "RABBITMQ_CONFIG_FILE", directory().resolve("rabbitmq.conf").toString());
        environment.put(
                "RABBITMQ_ADVANCED_CONFIG_FILE",
                directory().resolve("advanced.config").toString());
        environment.put(
                "RABBITMQ_ENABLED_PLUGINS_FILE",
                directory().resolve("enabled_plugins").toString());
        environment.put("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-kernel inet_dist_use_interface {127,0,0,1}");
        environment.put("ERL_EPMD_PORT", epmdPort());
        environment.put("ERL_EPMD_ADDRESS", LOOPBACK);
        // Makes the script become the node instead of watching over it: our process is then the one to kill.
        environment.put("RUNNING_UNDER_SYSTEMD", "true");
        return environment;
    }

    @Override
    protected boolean answers() {
        try (Connection connection = connect()) {
            return connection.isOpen();
        } catch (IOException | TimeoutException notYet) {
            return false;
        }
    }

    private void write(String file, String content) {
        try {
            Files.writeString(directory().resolve(file), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String distributionPort() {
        return storedPort("distribution.port");
    }

    private String epmdPort() {
        return storedPort("epmd.port");
    }

    /** Chosen once, and the same after a restart. */
    private String storedPort(String file) {
        Path path = directory().resolve(file);
        try {
            if (!Files.exists(path)) {
                Files.writeString(path, Integer.toString(FreePorts.next()));
            }
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
