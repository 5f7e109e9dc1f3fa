package io.upstep.broker.binding.kafka;

import io.smallrye.reactive.messaging.kafka.KafkaConnector;
import io.upstep.broker.Envelope;
import io.upstep.broker.binding.Attributes;
import io.upstep.broker.binding.Binding;
import io.upstep.broker.binding.Inspection;
import io.upstep.broker.binding.Place;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.concurrent.Flow;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;

/** One topic per address, keyed by the message's key, and one consumer group per group and address. */
@ApplicationScoped
class KafkaBinding implements Binding {
    private final KafkaConfig config;
    private final KafkaConnector connector;
    private final KafkaTopology topology;

    KafkaBinding(KafkaConfig config, @Connector(KafkaConnector.CONNECTOR_NAME) KafkaConnector connector) {
        this.config = config;
        this.connector = connector;
        this.topology = new KafkaTopology(config);
    }

    @Override
    public String name() {
        return "kafka";
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
                .with("topic", KafkaNames.topic(place))
                .with("group.id", KafkaNames.group(place))
                .with("auto.offset.reset", place.kind() == Place.Kind.RECEIVER ? "earliest" : "latest")
                .with("value.deserializer", StringDeserializer.class.getName())
                .with("commit-strategy", "throttled")
                // A message may wait for its retries: no age of it means that the consumer is broken.
                .with("throttled.unprocessed-record-max-age.ms", 0)
                .with("auto.commit.interval.ms", 500)
                .with("max.poll.records", Math.max(prefetch, 32))
                .with("partition.assignment.strategy", CooperativeStickyAssignor.class.getName())
                .with("session.timeout.ms", 10_000)
                .with("heartbeat.interval.ms", 3_000)
                // Only the topology creates topics, with the partitions that are configured.
                .with("allow.auto.create.topics", false)
                .with("retry-max-wait", 1)
                .asConfig());
    }

    @Override
    public Flow.Subscriber<? extends Message<?>> send(String channel) {
        return connector.getSubscriber(attributes(channel)
                .with("value.serializer", StringSerializer.class.getName())
                .with("acks", "all")
                .with("enable.idempotence", true)
                .with("request.timeout.ms", 3_000)
                .with("delivery.timeout.ms", 10_000)
                .with("max.block.ms", 3_000)
                .with("close-timeout", 2_000)
                .asConfig());
    }

    @Override
    public Message<?> outgoing(Place to, Envelope message) {
        return KafkaMessages.outgoing(to, message);
    }

    @Override
    public Envelope incoming(Message<?> message) {
        return KafkaMessages.incoming(message);
    }

    @Override
    public boolean isFinal(Throwable refusal) {
        return refusal instanceof RecordTooLargeException
                || (refusal.getCause() != null && refusal.getCause() != refusal && isFinal(refusal.getCause()));
    }

    @Override
    public void close() {
        topology.close();
    }

    private Attributes attributes(String channel) {
        return Attributes.ofChannel(channel, KafkaConnector.CONNECTOR_NAME)
                .with(config.clientProperties())
                .with("health-enabled", false)
                .with("cloud-events", false);
    }
}
