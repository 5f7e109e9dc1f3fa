package io.upstep.broker.binding.rabbitmq;

import io.smallrye.reactive.messaging.rabbitmq.IncomingRabbitMQMessage;
import io.smallrye.reactive.messaging.rabbitmq.OutgoingRabbitMQMetadata;
import io.upstep.broker.Envelope;
import io.upstep.broker.binding.Place;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Envelopes to and from AMQP messages. */
final class RabbitMessages {
    private static final String KEY = "upstep-key";
    private static final int PERSISTENT = 2;

    private RabbitMessages() {}

    static Message<String> outgoing(Place to, Envelope message) {
        Map<String, Object> headers = new HashMap<>(message.headers());
        headers.put(KEY, message.key());
        return Message.of(message.payload())
                .addMetadata(OutgoingRabbitMQMetadata.builder()
                        .withRoutingKey(to.address())
                        .withMessageId(message.id())
                        .withContentType("application/cloudevents+json")
                        .withDeliveryMode(PERSISTENT)
                        .withHeaders(headers)
                        .build());
    }

    /** A message somebody else published may lack anything. */
    static Envelope incoming(IncomingRabbitMQMessage<?> message) {
        Map<String, String> headers = new HashMap<>();
        message.getHeaders().forEach((name, value) -> headers.put(name, String.valueOf(value)));
        String key = headers.remove(KEY);
        return new Envelope(
                Optional.ofNullable(message.message.properties().getMessageId())
                        .orElseGet(() -> UUID.randomUUID().toString()),
                key == null ? "" : key,
                message.message.body().toString("UTF-8"),
                headers);
    }
}
