package io.upstep.broker.embedded;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;

/** Channels of the connector, as the messaging runtime would ask for them. */
final class Channels {
    static {
        // Whoever waits in these tests waits for what is certain to come, on a machine that may be slow.
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    }

    private Channels() {}

    static Config config(String channel, Map<String, String> attributes) {
        Map<String, String> all = new HashMap<>(attributes);
        all.put("channel-name", channel);
        all.put("connector", EmbeddedConnector.NAME);
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(all, "test", 100))
                .build();
    }

    static Receiver receiver(EmbeddedConnector connector, String queue, String group, Map<String, String> more) {
        Map<String, String> attributes = new HashMap<>(Map.of("queue", queue, "group", group, "retry-delay-ms", "5"));
        attributes.putAll(more);
        Receiver receiver = new Receiver();
        subscribe(connector.getPublisher(config(queue + "-in", attributes)), receiver);
        return receiver;
    }

    static Receiver receiver(EmbeddedConnector connector, String queue, String group) {
        return receiver(connector, queue, group, Map.of());
    }

    /** A message and what became of it. */
    static Sent message(String id, String payload) {
        CompletableFuture<Void> confirmed = new CompletableFuture<>();
        Message<String> message = Message.of(
                payload,
                Metadata.of(new OutgoingEmbeddedMetadata(null, id, "key", Map.of())),
                () -> {
                    confirmed.complete(null);
                    return CompletableFuture.completedFuture(null);
                },
                reason -> {
                    confirmed.completeExceptionally(reason);
                    return CompletableFuture.completedFuture(null);
                });
        return new Sent(message, confirmed);
    }

    @SuppressWarnings("unchecked")
    static Flow.Subscriber<Message<?>> sender(EmbeddedConnector connector, String queue, Map<String, String> more) {
        Map<String, String> attributes = new HashMap<>(Map.of("queue", queue));
        attributes.putAll(more);
        return (Flow.Subscriber<Message<?>>) connector.getSubscriber(config(queue + "-out", attributes));
    }

    @SuppressWarnings("unchecked")
    private static void subscribe(Flow.Publisher<? extends Message<?>> publisher, Receiver receiver) {
        ((Flow.Publisher<Message<?>>) publisher).subscribe(receiver);
    }

    record Sent(Message<String> message, CompletableFuture<Void> confirmed) {}
}
