package io.upstep.broker.contract.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/** A real Kafka broker, controller included, in a JVM of its own so that it can be killed. */
public final class RealKafka extends RealServer {
    private static final String LOOPBACK = "127.0.0.1";

    private final Map<String, String> config = new HashMap<>();

    private RealKafka(Path directory, int port) {
        super(directory, port);
    }

    public static RealKafka create() {
        return at(FreePorts.newDirectory("upstep-kafka"), FreePorts.next());
    }

    public static RealKafka at(Path directory, int port) {
        return new RealKafka(directory, port);
    }

    /** To be said before {@link #config}: how long a consumer may not ask for more before its partitions go to another. */
    public RealKafka withConsumerTimeout(Duration timeout) {
        config.put("upstep.kafka.properties.\"max.poll.interval.ms\"", Long.toString(timeout.toMillis()));
        return this;
    }

    @Override
    public Map<String, String> config() {
        config.put("upstep.broker", "kafka");
        config.put("upstep.kafka.bootstrap-servers", bootstrapServers());
        return Map.copyOf(config);
    }

    public String bootstrapServers() {
        return LOOPBACK + ":" + port();
    }

    public Admin admin() {
        return Admin.create(Map.of(
                "bootstrap.servers", bootstrapServers(), "default.api.timeout.ms", 5000, "request.timeout.ms", 3000));
    }

    @Override
    protected List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KafkaProcess.class.getName(),
                directory().resolve("server.properties").toString());
    }

    @Override
    protected void prepare() throws IOException {
        Path properties = directory().resolve("server.properties");
        if (!Files.exists(properties)) {
            Files.writeString(properties, properties(FreePorts.next()));
        }
    }

    @Override
    protected boolean answers() throws InterruptedException {
        if (!isListening()) {
            return false;
        }
        try (Admin admin = admin()) {
            return !admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).isEmpty();
        } catch (ExecutionException | TimeoutException notYet) {
            return false;
        }
    }

    private String properties(int controllerPort) {
        return String.join(
                "\n",
                "process.roles=broker,controller",
                "node.id=1",
                "controller.quorum.voters=1@" + LOOPBACK + ":" + controllerPort,
                "listeners=PLAINTEXT://" + bootstrapServers() + ",CONTROLLER://" + LOOPBACK + ":" + controllerPort,
                "advertised.listeners=PLAINTEXT://" + bootstrapServers(),
                "controller.listener.names=CONTROLLER",
                "log.dirs=" + directory().resolve("data"),
                "auto.create.topics.enable=false",
                "num.partitions=1",
                "offsets.topic.num.partitions=4",
                "offsets.topic.replication.factor=1",
                "transaction.state.log.replication.factor=1",
                "transaction.state.log.num.partitions=1",
                "transaction.state.log.min.isr=1",
                "share.coordinator.state.topic.replication.factor=1",
                "group.initial.rebalance.delay.ms=0",
                "log.cleaner.dedupe.buffer.size=2097152",
                "");
    }
}
