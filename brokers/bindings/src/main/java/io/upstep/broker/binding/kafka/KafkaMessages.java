package io.upstep.broker.binding.kafka;

import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import io.upstep.broker.Envelope;
import io.upstep.broker.binding.Place;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Envelopes to and from Kafka records. */
final class KafkaMessages {
    private static final String ID = "upstep-id";
    private static final String CONTENT_TYPE = "content-type";
    /** The connector marks records with the consumer group's generation. */
    private static final String CONNECTORS_OWN = "smallrye";

    private KafkaMessages() {}

    static Message<String> outgoing(Place to, Envelope message) {
        Headers headers = new RecordHeaders();
        message.headers().forEach((name, value) -> headers.add(name, bytes(value)));
        headers.add(ID, bytes(message.id()));
        headers.add(CONTENT_TYPE, bytes("application/cloudevents+json"));
        return Message.of(message.payload())
                .addMetadata(OutgoingKafkaRecordMetadata.<String>builder()
                        .withTopic(KafkaNames.topic(to))
                        .withKey(message.key())
                        .withHeaders(headers)
                        .build());
    }

    /** A record somebody else wrote may lack anything. */
    static Envelope incoming(Message<?> message) {
        IncomingKafkaRecordMetadata<?, ?> metadata =
                message.getMetadata(IncomingKafkaRecordMetadata.class).orElseThrow();
        Map<String, String> headers = new HashMap<>();
        for (Header header : metadata.getHeaders()) {
            if (!header.key().startsWith(CONNECTORS_OWN) && header.value() != null) {
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        headers.remove(CONTENT_TYPE);
        String id = headers.remove(ID);
        return new Envelope(
                id == null ? UUID.randomUUID().toString() : id,
                metadata.getKey() == null ? "" : metadata.getKey().toString(),
                message.getPayload() == null ? "" : message.getPayload().toString(),
                headers);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
