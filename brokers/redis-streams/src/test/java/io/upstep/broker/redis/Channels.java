package io.upstep.broker.redis;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Multi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;

/** One process with its own connector, and channels as the messaging runtime would ask for them. */
final class Channels implements AutoCloseable {
    static {
        // Whoever waits in these tests waits for what is certain to come, on a machine that may be slow.
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    }

    final RedisStreamsConnector connector = new RedisStreamsConnector();
    private final String uri;

    Channels(RedisServer server) {
        this.uri = server.uri();
    }

    Receiver receiver(String stream, String group, Map<String, String> more) {
        Map<String, String> attributes = new HashMap<>(Map.of(
                "stream", stream, "group", group, "retry-delay-ms", "5", "block-ms", "200", "claim-interval-ms", "50"));
        attributes.putAll(more);
        Receiver receiver = new Receiver();
        subscribe(connector.getPublisher(config(stream + "-in", attributes)), receiver);
        return receiver;
    }

    Receiver receiver(String stream, String group) {
        return receiver(stream, group, Map.of());
    }

    /** Sends messages called 0, 1, 2, ... and returns what became of each. */
    List<CompletableFuture<Void>> send(String stream, int count) {
        return send(stream, count, Map.of());
    }

    List<CompletableFuture<Void>> send(String stream, int count, Map<String, String> more) {
        List<CompletableFuture<Void>> confirmed = new ArrayList<>();
        Multi.createFrom().iterable(messages(count, confirmed)).subscribe(sender(stream, more));
        return confirmed;
    }

    /** As {@link #send}, but the channel stays open. */
    void sendAndStay(String stream, int count, Map<String, String> more) {
        Multi<Message<?>> messages = Multi.createFrom().iterable(messages(count, new ArrayList<>()));
        Multi.createBy()
                .concatenating()
                .streams(messages, Multi.createFrom().<Message<?>>nothing())
                .subscribe(sender(stream, more));
    }

    private static List<Message<?>> messages(int count, List<CompletableFuture<Void>> confirmed) {
        List<Message<?>> messages = new ArrayList<>();
        IntStream.range(0, count).mapToObj(Integer::toString).forEach(id -> {
            CompletableFuture<Void> result = new CompletableFuture<>();
            confirmed.add(result);
            messages.add(message(id, "payload " + id, result));
        });
        return messages;
    }

    void sendAll(String stream, int count) {
        CompletableFuture.allOf(send(stream, count).toArray(CompletableFuture<?>[]::new))
                .join();
    }

    @SuppressWarnings("unchecked")
    Flow.Subscriber<Message<?>> sender(String stream, Map<String, String> more) {
        Map<String, String> attributes = new HashMap<>(Map.of("stream", stream));
        attributes.putAll(more);
        return (Flow.Subscriber<Message<?>>) connector.getSubscriber(config(stream + "-out", attributes));
    }

    static Message<String> message(String id, String payload, CompletableFuture<Void> result) {
        return Message.of(
                payload,
                Metadata.of(new OutgoingRedisStreamsMetadata(null, id, "key", Map.of())),
                () -> {
                    result.complete(null);
                    return CompletableFuture.completedFuture(null);
                },
                reason -> {
                    result.completeExceptionally(reason);
                    return CompletableFuture.completedFuture(null);
                });
    }

    @Override
    public void close() {
        connector.close();
    }

    private Config config(String channel, Map<String, String> attributes) {
        Map<String, String> all = new HashMap<>(attributes);
        all.put("channel-name", channel);
        all.put("connector", RedisStreamsConnector.NAME);
        all.putIfAbsent("uri", uri);
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(all, "test", 100))
                .build();
    }

    @SuppressWarnings("unchecked")
    private static void subscribe(Flow.Publisher<? extends Message<?>> publisher, Receiver receiver) {
        ((Flow.Publisher<Message<?>>) publisher).subscribe(receiver);
    }
}
