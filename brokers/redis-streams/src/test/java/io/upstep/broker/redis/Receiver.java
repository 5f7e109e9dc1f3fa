package io.upstep.broker.redis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.eclipse.microprofile.reactive.messaging.Message;

/** A consumer that writes down what it gets and does with it what the test wants. */
final class Receiver implements Flow.Subscriber<Message<?>> {
    final List<Message<?>> received = Collections.synchronizedList(new ArrayList<>());
    volatile Consumer<Message<?>> reaction = message -> {};
    private volatile Flow.Subscription subscription;

    Receiver acking() {
        reaction = Message::ack;
        return this;
    }

    void cancel() {
        subscription.cancel();
    }

    List<String> ids() {
        return List.copyOf(received).stream()
                .map(message -> metadata(message).id())
                .toList();
    }

    static IncomingRedisStreamsMetadata metadata(Message<?> message) {
        return message.getMetadata(IncomingRedisStreamsMetadata.class).orElseThrow();
    }

    @Override
    public void onSubscribe(Flow.Subscription upstream) {
        subscription = upstream;
        upstream.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(Message<?> message) {
        received.add(message);
        reaction.accept(message);
    }

    @Override
    public void onError(Throwable failure) {
        throw new AssertionError("a channel never fails", failure);
    }

    @Override
    public void onComplete() {
        throw new AssertionError("a channel never completes");
    }
}
