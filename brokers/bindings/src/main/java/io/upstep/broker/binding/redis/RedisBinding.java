package io.upstep.broker.binding.redis;

import io.upstep.broker.Envelope;
import io.upstep.broker.binding.Attributes;
import io.upstep.broker.binding.Binding;
import io.upstep.broker.binding.Inspection;
import io.upstep.broker.binding.Place;
import io.upstep.broker.redis.IncomingRedisStreamsMetadata;
import io.upstep.broker.redis.OutgoingRedisStreamsMetadata;
import io.upstep.broker.redis.RedisAddress;
import io.upstep.broker.redis.RedisStreamsConnector;
import io.upstep.broker.redis.StreamTopology;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Flow;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;

/** One stream per address, with its consumer groups. */
@ApplicationScoped
class RedisBinding implements Binding {
    private static final String PREFIX = "upstep:";
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final RedisConfig config;
    private final RedisStreamsConnector connector;
    private volatile StreamTopology topology;

    RedisBinding(RedisConfig config, @Connector(RedisStreamsConnector.NAME) RedisStreamsConnector connector) {
        this.config = config;
        this.connector = connector;
    }

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public void declare(Place place) {
        // A stream of dead letters begins to be with the first of them.
        if (!place.isDead()) {
            topology().ensure(stream(place), place.group(), place.kind() == Place.Kind.RECEIVER ? "0" : "$");
        }
    }

    @Override
    public Inspection inspect(Collection<Place> places) {
        Optional<String> silence = topology().checkAnswers();
        if (silence.isPresent()) {
            return Inspection.unreachable(silence.get());
        }
        Map<Place, String> missing = new HashMap<>();
        places.stream().filter(place -> !place.isDead()).forEach(place -> topology()
                .check(stream(place), place.group())
                .ifPresent(problem -> missing.put(place, problem)));
        return Inspection.found(missing);
    }

    @Override
    public Flow.Publisher<? extends Message<?>> receive(String channel, Place place, int prefetch) {
        return connector.getPublisher(attributes(channel)
                .with("stream", stream(place))
                .with("group", place.group())
                .with("start-id", place.kind() == Place.Kind.RECEIVER ? "0" : "$")
                .with("prefetch", prefetch)
                .with("claim-idle-ms", config.claimIdle().toMillis())
                .with("max-deliveries", config.maxDeliveries())
                .with("dead-stream", stream(place) + "." + place.group() + ".dead")
                .with("dead-keep", config.deadLetterLimit())
                .asConfig());
    }

    @Override
    public Flow.Subscriber<? extends Message<?>> send(String channel) {
        return connector.getSubscriber(
                attributes(channel).with("wait-replicas", config.waitReplicas()).asConfig());
    }

    @Override
    public Message<?> outgoing(Place to, Envelope message) {
        return Message.of(message.payload())
                .addMetadata(new OutgoingRedisStreamsMetadata(
                        stream(to),
                        message.id(),
                        message.key(),
                        message.headers(),
                        to.isDead() ? config.deadLetterLimit() : 0));
    }

    @Override
    public Envelope incoming(Message<?> message) {
        IncomingRedisStreamsMetadata metadata =
                message.getMetadata(IncomingRedisStreamsMetadata.class).orElseThrow();
        return new Envelope(metadata.id(), metadata.key(), (String) message.getPayload(), metadata.headers());
    }

    @Override
    public void close() {
        if (topology != null) {
            topology.close();
        }
    }

    private static String stream(Place place) {
        return PREFIX + place.address();
    }

    private synchronized StreamTopology topology() {
        if (topology == null) {
            topology = StreamTopology.connect(RedisAddress.parse(config.uri()), TIMEOUT);
        }
        return topology;
    }

    private Attributes attributes(String channel) {
        return Attributes.ofChannel(channel, RedisStreamsConnector.NAME).with("uri", config.uri());
    }
}
