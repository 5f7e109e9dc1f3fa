package io.upstep.broker.embedded;

import static io.smallrye.reactive.messaging.annotations.ConnectorAttribute.Direction.INCOMING;
import static io.smallrye.reactive.messaging.annotations.ConnectorAttribute.Direction.INCOMING_AND_OUTGOING;
import static io.smallrye.reactive.messaging.annotations.ConnectorAttribute.Direction.OUTGOING;

import io.smallrye.reactive.messaging.annotations.ConnectorAttribute;
import io.smallrye.reactive.messaging.connector.InboundConnector;
import io.smallrye.reactive.messaging.connector.OutboundConnector;
import io.smallrye.reactive.messaging.health.HealthReport;
import io.smallrye.reactive.messaging.health.HealthReporter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;

/**
 * Connects channels with the queues of the {@link EmbeddedHub}.
 *
 * <p>Incoming messages carry {@link IncomingEmbeddedMetadata}; outgoing ones may carry {@link OutgoingEmbeddedMetadata}.
 * Cancelling an incoming subscription gives what it has not acknowledged back to the group; an acknowledgement that
 * comes later still counts. An outgoing message is acked when every group of the queue holds it, and nacked with
 * {@link PublishFailedException} when that did not happen in time.
 */
@ApplicationScoped
@Connector(EmbeddedConnector.NAME)
@ConnectorAttribute(
        name = "queue",
        type = "string",
        direction = INCOMING_AND_OUTGOING,
        description = "The queue; the channel's name when not set. On the way out, metadata wins")
@ConnectorAttribute(
        name = "group",
        type = "string",
        direction = INCOMING,
        mandatory = true,
        description = "The consumer group that shares the messages")
@ConnectorAttribute(
        name = "start",
        type = "string",
        direction = INCOMING,
        defaultValue = "earliest",
        description = "Whether a new group gets what the queue has kept (earliest) or only what comes (latest)")
@ConnectorAttribute(
        name = "prefetch",
        type = "int",
        direction = INCOMING,
        defaultValue = "64",
        description = "How many messages may be handed out unacknowledged")
@ConnectorAttribute(
        name = "capacity",
        type = "int",
        direction = INCOMING,
        defaultValue = "10000",
        description = "How many unacknowledged messages the group holds before publishers wait")
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
        name = "dead-queue",
        type = "string",
        direction = INCOMING,
        description = "The queue of dead letters; <queue>.dead when not set")
@ConnectorAttribute(
        name = "buffer-size",
        type = "int",
        direction = OUTGOING,
        defaultValue = "1024",
        description = "How many messages may be on their way before the sender waits")
@ConnectorAttribute(
        name = "publish-timeout-ms",
        type = "int",
        direction = OUTGOING,
        defaultValue = "10000",
        description = "Milliseconds a message may wait for room before it is nacked")
public class EmbeddedConnector implements InboundConnector, OutboundConnector, HealthReporter {
    public static final String NAME = "upstep-embedded";

    private final EmbeddedHub hub;
    private final Map<Object, Watched> channels = new ConcurrentHashMap<>();

    @Inject
    public EmbeddedConnector(EmbeddedHub hub) {
        this.hub = hub;
    }

    @Override
    public Flow.Publisher<? extends Message<?>> getPublisher(Config config) {
        EmbeddedConnectorIncomingConfiguration attributes = new EmbeddedConnectorIncomingConfiguration(config);
        EmbeddedInbound channel = new EmbeddedInbound(hub, attributes);
        channels.put(channel, new Watched(attributes.getChannel(), channel::problem));
        return channel.messages(() -> channels.remove(channel));
    }

    @Override
    public Flow.Subscriber<? extends Message<?>> getSubscriber(Config config) {
        EmbeddedConnectorOutgoingConfiguration attributes = new EmbeddedConnectorOutgoingConfiguration(config);
        Object token = new Object();
        channels.put(token, new Watched(attributes.getChannel(), this::stopped));
        return new EmbeddedOutbound(hub, attributes, () -> channels.remove(token));
    }

    @Override
    public HealthReport getReadiness() {
        HealthReport.HealthReportBuilder report = HealthReport.builder();
        channels.values().forEach(channel -> channel.addTo(report));
        return report.build();
    }

    /** A restart of the process would only lose what is held in memory: always alive. */
    @Override
    public HealthReport getLiveness() {
        return HealthReport.OK_INSTANCE;
    }

    private Optional<String> stopped() {
        return hub.running() ? Optional.empty() : Optional.of("the embedded broker is stopped");
    }

    private record Watched(String channel, Supplier<Optional<String>> problem) {
        void addTo(HealthReport.HealthReportBuilder report) {
            problem.get().ifPresentOrElse(text -> report.add(channel, false, text), () -> report.add(channel, true));
        }
    }
}
