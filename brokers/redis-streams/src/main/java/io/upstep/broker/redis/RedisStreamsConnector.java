package io.upstep.broker.redis;

import static io.smallrye.reactive.messaging.annotations.ConnectorAttribute.Direction.INCOMING;
import static io.smallrye.reactive.messaging.annotations.ConnectorAttribute.Direction.INCOMING_AND_OUTGOING;
import static io.smallrye.reactive.messaging.annotations.ConnectorAttribute.Direction.OUTGOING;

import io.smallrye.reactive.messaging.annotations.ConnectorAttribute;
import io.smallrye.reactive.messaging.connector.InboundConnector;
import io.smallrye.reactive.messaging.connector.OutboundConnector;
import io.smallrye.reactive.messaging.health.HealthReport;
import io.smallrye.reactive.messaging.health.HealthReporter;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.jboss.logging.Logger;

/**
 * Connects channels with Redis Streams and their consumer groups.
 *
 * <p>Incoming messages carry {@link IncomingRedisStreamsMetadata}; outgoing ones may carry {@link
 * OutgoingRedisStreamsMetadata}. Cancelling an incoming subscription gives what it has not acknowledged to the group's
 * other consumers; an acknowledgement that comes later still counts. An outgoing message is acked when Redis has answered
 * for it, and nacked with {@link PublishFailedException} when it has not in time.
 *
 * <p>One server, with or without replicas; not Redis Cluster. What Redis has answered for is as safe as its append-only file
 * and its eviction policy make it: {@link StreamTopology#risks()} names what is missing, and it is logged once.
 */
@ApplicationScoped
@Connector(RedisStreamsConnector.NAME)
@ConnectorAttribute(
        name = "uri",
        type = "string",
        direction = INCOMING_AND_OUTGOING,
        defaultValue = "redis://localhost:6379",
        description = "redis://[[user]:password@]host[:port][/database], or rediss:// for TLS")
@ConnectorAttribute(
        name = "connect-timeout-ms",
        type = "int",
        direction = INCOMING_AND_OUTGOING,
        defaultValue = "2000",
        description = "Milliseconds until a connection attempt is given up")
@ConnectorAttribute(
        name = "response-timeout-ms",
        type = "int",
        direction = INCOMING_AND_OUTGOING,
        defaultValue = "5000",
        description = "Milliseconds until a connection that does not answer counts as lost")
@ConnectorAttribute(
        name = "tls-trust-store",
        type = "string",
        direction = INCOMING_AND_OUTGOING,
        description = "The key store file (PKCS12) with the certificates to trust; the JVM's own when not set")
@ConnectorAttribute(
        name = "tls-trust-store-password",
        type = "string",
        direction = INCOMING_AND_OUTGOING,
        description = "The password of that file")
@ConnectorAttribute(
        name = "stream",
        type = "string",
        direction = INCOMING_AND_OUTGOING,
        description = "The stream; the channel's name when not set. On the way out, metadata wins")
@ConnectorAttribute(
        name = "group",
        type = "string",
        direction = INCOMING,
        mandatory = true,
        description = "The consumer group that shares the entries")
@ConnectorAttribute(
        name = "consumer",
        type = "string",
        direction = INCOMING,
        description = "The consumer's name, unique in its group; made of host, process and a random part when not set")
@ConnectorAttribute(
        name = "start-id",
        type = "string",
        direction = INCOMING,
        defaultValue = "0",
        description = "Where a new group starts: 0 for all the stream holds, $ for what comes")
@ConnectorAttribute(
        name = "prefetch",
        type = "int",
        direction = INCOMING,
        defaultValue = "64",
        description = "How many entries may be taken unacknowledged")
@ConnectorAttribute(
        name = "block-ms",
        type = "int",
        direction = INCOMING,
        defaultValue = "1000",
        description = "Milliseconds the server waits for new entries before it answers")
@ConnectorAttribute(
        name = "claim-idle-ms",
        type = "int",
        direction = INCOMING,
        defaultValue = "30000",
        description = "Milliseconds without a sign of life after which another consumer takes an entry over")
@ConnectorAttribute(
        name = "claim-interval-ms",
        type = "int",
        direction = INCOMING,
        defaultValue = "1000",
        description = "Milliseconds between two looks for such entries")
@ConnectorAttribute(
        name = "max-deliveries",
        type = "int",
        direction = INCOMING,
        defaultValue = "10",
        description = "After how many deliveries without an acknowledgement an entry is a dead letter; 0 for never")
@ConnectorAttribute(
        name = "retries",
        type = "int",
        direction = INCOMING,
        defaultValue = "4",
        description = "How often a nacked message is tried again before it is a dead letter")
@ConnectorAttribute(
        name = "retry-delay-ms",
        type = "int",
        direction = INCOMING,
        defaultValue = "200",
        description = "Milliseconds before the first such try; doubles")
@ConnectorAttribute(
        name = "retry-max-delay-ms",
        type = "int",
        direction = INCOMING,
        defaultValue = "5000",
        description = "The longest time between two tries, in milliseconds")
@ConnectorAttribute(
        name = "dead-stream",
        type = "string",
        direction = INCOMING,
        description = "The stream of dead letters; <stream>.dead when not set")
@ConnectorAttribute(
        name = "dead-keep",
        type = "int",
        direction = INCOMING,
        defaultValue = "10000",
        description = "About how many dead letters are kept, the newest; 0 for all")
@ConnectorAttribute(
        name = "buffer-size",
        type = "int",
        direction = OUTGOING,
        defaultValue = "1024",
        description = "How many messages may be on their way before the sender waits")
@ConnectorAttribute(
        name = "batch-size",
        type = "int",
        direction = OUTGOING,
        defaultValue = "256",
        description = "How many commands are sent before their answers are read")
@ConnectorAttribute(
        name = "publish-timeout-ms",
        type = "int",
        direction = OUTGOING,
        defaultValue = "10000",
        description = "Milliseconds after which an unanswered message is nacked")
@ConnectorAttribute(
        name = "wait-replicas",
        type = "int",
        direction = OUTGOING,
        defaultValue = "0",
        description = "How many replicas must have a message before it is acked")
@ConnectorAttribute(
        name = "trim-interval-ms",
        type = "int",
        direction = OUTGOING,
        defaultValue = "10000",
        description = "Milliseconds between two trimmings of the streams written to; 0 for never")
@ConnectorAttribute(
        name = "trim-retain",
        type = "int",
        direction = OUTGOING,
        defaultValue = "10000",
        description = "How many entries trimming leaves, though every group has acknowledged them")
@ConnectorAttribute(
        name = "trim-retain-age-ms",
        type = "int",
        direction = OUTGOING,
        defaultValue = "0",
        description =
                "The age in milliseconds below which trimming leaves entries, though every group has acknowledged them")
public class RedisStreamsConnector implements InboundConnector, OutboundConnector, HealthReporter {
    public static final String NAME = "upstep-redis-streams";

    private static final Logger LOG = Logger.getLogger(RedisStreamsConnector.class);
    private static final Duration EXPIRY_CHECK = Duration.ofMillis(100);
    private static final Duration SETTLE_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(2);
    private static final int SETTLE_BATCH = 256;

    private final Map<RedisLink, CommandPipe> settlementPipes = new ConcurrentHashMap<>();
    private final Map<RedisLink, StreamTopology> topologies = new ConcurrentHashMap<>();
    private final Map<RedisChannel, RedisLink> channels = new ConcurrentHashMap<>();
    private final Set<RedisLink> warned = ConcurrentHashMap.newKeySet();
    private final Timers timers = new Timers();

    @Override
    public Flow.Publisher<? extends Message<?>> getPublisher(Config config) {
        RedisStreamsConnectorIncomingConfiguration attributes = new RedisStreamsConnectorIncomingConfiguration(config);
        RedisLink link = RedisLink.of(attributes);
        CommandPipe settling = settlementPipes.computeIfAbsent(link, this::settlementPipe);
        RedisInbound channel = new RedisInbound(ReaderSettings.of(attributes), link, settling, timers);
        channels.put(channel, link);
        return channel.messages(() -> channels.remove(channel));
    }

    @Override
    public Flow.Subscriber<? extends Message<?>> getSubscriber(Config config) {
        RedisStreamsConnectorOutgoingConfiguration attributes = new RedisStreamsConnectorOutgoingConfiguration(config);
        RedisLink link = RedisLink.of(attributes);
        CommandPipe pipe = expiring(new CommandPipe(
                attributes.getChannel(),
                link,
                Duration.ofMillis(attributes.getPublishTimeoutMs()),
                attributes.getBatchSize(),
                attributes.getWaitReplicas()));
        RedisOutbound channel = new RedisOutbound(attributes, link, pipe, timers, channels::remove);
        channels.put(channel, link);
        if (warned.add(link)) {
            timers.now(() -> warnOfRisks(link));
        }
        return channel;
    }

    /** Asks Redis: it answers, and every channel's stream and group is there. */
    @Override
    public HealthReport getReadiness() {
        HealthReport.HealthReportBuilder report = HealthReport.builder();
        channels.forEach((channel, link) -> channel.problem(topologies.computeIfAbsent(link, StreamTopology::new))
                .ifPresentOrElse(
                        problem -> report.add(channel.name(), false, problem), () -> report.add(channel.name(), true)));
        return report.build();
    }

    /** A restart of this process would not bring Redis back: always alive. */
    @Override
    public HealthReport getLiveness() {
        return HealthReport.OK_INSTANCE;
    }

    @PreDestroy
    void close() {
        // All at once: a Redis that is away must not be waited for by one channel after the other.
        CompletableFuture.allOf(
                        channels.keySet().stream().map(RedisChannel::stop).toArray(CompletableFuture<?>[]::new))
                .completeOnTimeout(null, LONGEST_GOODBYE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        settlementPipes.values().forEach(CommandPipe::close);
        topologies.values().forEach(StreamTopology::close);
        timers.close();
    }

    private void warnOfRisks(RedisLink link) {
        topologies.computeIfAbsent(link, StreamTopology::new).risks().forEach(risk -> LOG.warnf("%s: %s", link, risk));
    }

    private CommandPipe settlementPipe(RedisLink link) {
        return expiring(new CommandPipe("settle", link, SETTLE_TIMEOUT, SETTLE_BATCH, 0));
    }

    private CommandPipe expiring(CommandPipe pipe) {
        Future<?> check = timers.every(EXPIRY_CHECK, pipe::expire);
        pipe.onClose(() -> check.cancel(false));
        return pipe;
    }
}
