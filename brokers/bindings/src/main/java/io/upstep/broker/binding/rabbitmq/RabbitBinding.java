package io.upstep.broker.binding.rabbitmq;

import io.smallrye.reactive.messaging.rabbitmq.IncomingRabbitMQMessage;
import io.smallrye.reactive.messaging.rabbitmq.RabbitMQConnector;
import io.upstep.broker.Envelope;
import io.upstep.broker.binding.Attributes;
import io.upstep.broker.binding.Binding;
import io.upstep.broker.binding.Inspection;
import io.upstep.broker.binding.Place;
import io.vertx.mutiny.rabbitmq.RabbitMQClient;
import io.vertx.rabbitmq.RabbitMQOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;

/**
 * One topic exchange with an address as routing key, one quorum queue per group.
 *
 * <p>A stream lives exactly as long as its connection: SmallRye acknowledges by delivery tags, which begin anew with each
 * connection, so one that reconnected by itself could acknowledge a message it was never asked to.
 */
@ApplicationScoped
class RabbitBinding implements Binding {
    private static final int CONNECT_MILLIS = 3000;
    private static final int ACK_MILLIS = 250;

    private final RabbitConfig config;
    private final RabbitMQConnector connector;
    private final RabbitTopology topology;
    private volatile RabbitMQClient nobody;

    RabbitBinding(RabbitConfig config, @Connector(RabbitMQConnector.CONNECTOR_NAME) RabbitMQConnector connector) {
        this.config = config;
        this.connector = connector;
        this.topology = new RabbitTopology(config);
    }

    @Override
    public String name() {
        return "rabbitmq";
    }

    @Override
    public void declare(Place place) {
        topology.declare(place);
    }

    @Override
    public Inspection inspect(Collection<Place> places) {
        return topology.inspect(places);
    }

    @Override
    public Flow.Publisher<? extends Message<?>> receive(String channel, Place place, int prefetch) {
        return connector.getPublisher(attributes(channel)
                .with("queue.name", RabbitNames.queue(place))
                .with("queue.declare", false)
                .with("max-outstanding-messages", prefetch)
                .with("failure-strategy", "requeue")
                .with("content-type-override", "application/octet-stream")
                .with("reconnect-attempts", 0)
                .asConfig());
    }

    @Override
    public Flow.Subscriber<? extends Message<?>> send(String channel) {
        return connector.getSubscriber(attributes(channel)
                .with("publish-confirms", true)
                // A confirm that is lost with its connection would hold its slot for ever; the outlet has a limit of
                // its own.
                .with("max-inflight-messages", Long.MAX_VALUE)
                .with("reconnect-attempts", Integer.MAX_VALUE)
                .with("reconnect-interval", 1)
                .with("retry-on-fail-attempts", 1)
                .asConfig());
    }

    @Override
    public Message<?> outgoing(Place to, Envelope message) {
        return RabbitMessages.outgoing(to, message);
    }

    @Override
    public Envelope incoming(Message<?> message) {
        return RabbitMessages.incoming((IncomingRabbitMQMessage<?>) message);
    }

    @Override
    public boolean isConnected(String channel) {
        return connector.getReadiness().getChannels().stream()
                .anyMatch(known -> known.getChannel().equals(channel) && known.isOk());
    }

    /** The connector stops a channel's client only when another takes its place. Acknowledgements on their way go first. */
    @Override
    public void release(String channel) {
        CompletableFuture.delayedExecutor(ACK_MILLIS, TimeUnit.MILLISECONDS)
                .execute(() -> connector.registerClient(channel, nobody()));
    }

    @Override
    public boolean forgetsUnconfirmed() {
        return true;
    }

    @Override
    public void close() {
        topology.close();
    }

    private RabbitMQClient nobody() {
        if (nobody == null) {
            nobody = RabbitMQClient.create(connector.vertx(), new RabbitMQOptions());
        }
        return nobody;
    }

    private Attributes attributes(String channel) {
        return Attributes.ofChannel(channel, RabbitMQConnector.CONNECTOR_NAME)
                .with("host", config.host())
                .with("port", config.port())
                .with("username", config.username())
                .with("password", config.password())
                .with("virtual-host", config.virtualHost())
                .with("ssl", config.ssl())
                .with("ssl.hostname-verification-algorithm", config.ssl() ? "HTTPS" : "NONE")
                .with("trust-store-path", config.trustStore())
                .with("trust-store-password", config.trustStorePassword())
                .with("connection-timeout", CONNECT_MILLIS)
                .with("exchange.name", RabbitNames.EXCHANGE)
                .with("exchange.declare", false);
    }
}
