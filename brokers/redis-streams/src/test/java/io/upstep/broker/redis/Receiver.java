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
    private final List<Message<?>> held = new ArrayList<>();
    private Consumer<Message<?>> reaction;
    private volatile Flow.Subscription subscription;

    Receiver acking() {
        return reacting(Message::ack);
    }

    /** Also to what came before; until then nothing is settled. */
    synchronized Receiver reacting(Consumer<Message<?>> how) {
        reaction = how;
        held.forEach(how);
        held.clear();
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
        react(message);
    }

    @Override
    public void onError(Throwable failure) {
        throw new AssertionError("a channel never fails", failure);
    }

    @Override
    public void onComplete() {
        throw new AssertionError("a channel never completes");
    }

    private synchronized void react(Message<?> message) {
        if (reaction == null) {
            held.add(message);
        } else {
            reaction.accept(message);
        }
    }
}
