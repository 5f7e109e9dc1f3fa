package io.upstep.broker.embedded;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.eclipse.microprofile.reactive.messaging.Message;

/** One outgoing channel: puts messages into queues, and tells each message how that went. */
final class EmbeddedOutbound implements Flow.Subscriber<Message<?>> {
    private final EmbeddedHub hub;
    private final String queue;
    private final Duration timeout;
    private final int bufferSize;
    private final Runnable closed;
    private volatile Flow.Subscription subscription;

    /** @param closed told when no further message can come */
    EmbeddedOutbound(EmbeddedHub hub, EmbeddedConnectorOutgoingConfiguration config, Runnable closed) {
        this.hub = hub;
        this.queue = config.getQueue().orElse(config.getChannel());
        this.timeout = Duration.ofMillis(config.getPublishTimeoutMs());
        this.bufferSize = config.getBufferSize();
        this.closed = closed;
    }

    @Override
    public void onSubscribe(Flow.Subscription upstream) {
        subscription = upstream;
        upstream.request(bufferSize);
    }

    @Override
    public void onNext(Message<?> message) {
        publish(message).whenComplete((ok, failure) -> settle(message, failure));
    }

    @Override
    public void onError(Throwable failure) {
        closed.run();
    }

    @Override
    public void onComplete() {
        closed.run();
    }

    private void settle(Message<?> message, Throwable failure) {
        CompletionStage<Void> told = failure == null ? message.ack() : message.nack(failure);
        // Whatever the sender makes of it, the next one may come.
        told.whenComplete((ok, ignored) -> subscription.request(1));
    }

    private CompletionStage<Void> publish(Message<?> message) {
        try {
            OutgoingEmbeddedMetadata metadata = message.getMetadata(OutgoingEmbeddedMetadata.class)
                    .orElseGet(() -> new OutgoingEmbeddedMetadata(null, null, null, Map.of()));
            String target = metadata.queue() == null ? queue : metadata.queue();
            return hub.publish(target, record(metadata, message.getPayload()), timeout);
        } catch (IllegalArgumentException unusable) {
            return CompletableFuture.failedFuture(unusable);
        }
    }

    private static EmbeddedRecord record(OutgoingEmbeddedMetadata metadata, Object payload) {
        String id = metadata.id() == null ? UUID.randomUUID().toString() : metadata.id();
        String key = metadata.key() == null ? id : metadata.key();
        return new EmbeddedRecord(id, key, text(payload), metadata.headers());
    }

    private static String text(Object payload) {
        if (payload instanceof String text) {
            return text;
        }
        if (payload instanceof byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        throw new IllegalArgumentException("an embedded queue takes String or byte[]; came "
                + (payload == null ? "null" : payload.getClass().getName())
                + "; convert it before sending");
    }
}
