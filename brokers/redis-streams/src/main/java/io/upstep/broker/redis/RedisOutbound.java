package io.upstep.broker.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.eclipse.microprofile.reactive.messaging.Message;
import redis.clients.jedis.StreamEntryID;

/** One outgoing channel: adds messages to streams, and tells each message what Redis answered. */
final class RedisOutbound implements Flow.Subscriber<Message<?>>, RedisChannel {
    private final String name;
    private final String stream;
    private final int bufferSize;
    private final CommandPipe pipe;
    private final StreamTrimmer trimmer;
    private final Optional<Future<?>> trimming;
    private final Consumer<RedisChannel> ended;
    private final AtomicInteger underway = new AtomicInteger(1);
    private volatile Flow.Subscription subscription;

    /** @param ended told when no further message can come */
    RedisOutbound(
            RedisStreamsConnectorOutgoingConfiguration config,
            RedisLink link,
            CommandPipe pipe,
            Timers timers,
            Consumer<RedisChannel> ended) {
        this.name = config.getChannel();
        this.stream = config.getStream().orElse(name);
        this.bufferSize = config.getBufferSize();
        this.pipe = pipe;
        this.ended = ended;
        this.trimmer = new StreamTrimmer(link, config.getTrimRetain(), Duration.ofMillis(config.getTrimRetainAgeMs()));
        this.trimming = config.getTrimIntervalMs() <= 0
                ? Optional.empty()
                : Optional.of(timers.every(
                        Duration.ofMillis(config.getTrimIntervalMs()), () -> timers.now(trimmer::trimAll)));
    }

    @Override
    public void onSubscribe(Flow.Subscription upstream) {
        subscription = upstream;
        upstream.request(bufferSize);
    }

    @Override
    public void onNext(Message<?> message) {
        underway.incrementAndGet();
        publish(message).whenComplete((id, failure) -> settle(message, failure));
    }

    @Override
    public void onError(Throwable failure) {
        oneLess();
    }

    @Override
    public void onComplete() {
        oneLess();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<String> problem(StreamTopology topology) {
        return topology.checkAnswers().or(() -> Optional.ofNullable(pipe.problem()));
    }

    @Override
    public CompletableFuture<Void> stop() {
        trimming.ifPresent(task -> task.cancel(false));
        pipe.close();
        ended.accept(this);
        return CompletableFuture.completedFuture(null);
    }

    private void settle(Message<?> message, Throwable failure) {
        CompletionStage<Void> told = failure == null ? message.ack() : message.nack(failure);
        // Whatever the sender makes of it, the next one may come.
        told.whenComplete((ok, ignored) -> {
            subscription.request(1);
            oneLess();
        });
    }

    // The sender itself counts as one: after it has ended and the last message is answered, the connection goes.
    private void oneLess() {
        if (underway.decrementAndGet() == 0) {
            stop();
        }
    }

    private CompletionStage<StreamEntryID> publish(Message<?> message) {
        try {
            OutgoingRedisStreamsMetadata metadata =
                    message.getMetadata(OutgoingRedisStreamsMetadata.class).orElse(OutgoingRedisStreamsMetadata.NONE);
            String target = metadata.stream() == null ? stream : metadata.stream();
            Map<String, String> fields = record(metadata, message.getPayload()).fields();
            trimmer.watch(target);
            return pipe.send(false, redis -> redis.xadd(target, fields, Additions.keeping(metadata.keep())));
        } catch (IllegalArgumentException unusable) {
            return CompletableFuture.failedFuture(unusable);
        }
    }

    private static StreamRecord record(OutgoingRedisStreamsMetadata metadata, Object payload) {
        String id = metadata.id() == null ? UUID.randomUUID().toString() : metadata.id();
        String key = metadata.key() == null ? id : metadata.key();
        return new StreamRecord(id, key, text(payload), metadata.headers());
    }

    private static String text(Object payload) {
        if (payload instanceof String text) {
            return text;
        }
        if (payload instanceof byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        throw new IllegalArgumentException("a stream takes String or byte[]; came "
                + (payload == null ? "null" : payload.getClass().getName())
                + "; convert it before sending");
    }
}
