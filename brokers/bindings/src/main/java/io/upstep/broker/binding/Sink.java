package io.upstep.broker.binding;

import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.reactive.messaging.Message;

/** The sending end of a connector, which takes messages as it asks for them. */
final class Sink implements Flow.Subscription {
    private final Flow.Subscriber<Message<?>> connector;
    private final Runnable onDemand;
    private final Runnable onGivenUp;
    private final AtomicLong demand = new AtomicLong();

    @SuppressWarnings("unchecked")
    Sink(Flow.Subscriber<? extends Message<?>> connector, Runnable onDemand, Runnable onGivenUp) {
        this.connector = (Flow.Subscriber<Message<?>>) connector;
        this.onDemand = onDemand;
        this.onGivenUp = onGivenUp;
        this.connector.onSubscribe(this);
    }

    /** Uses up one of the messages asked for; false if none is. */
    boolean takeOne() {
        return demand.getAndUpdate(n -> n == Long.MAX_VALUE || n == 0 ? n : n - 1) > 0;
    }

    void send(Message<?> message) {
        connector.onNext(message);
    }

    void end() {
        connector.onComplete();
    }

    @Override
    public void request(long n) {
        demand.getAndUpdate(before -> before + n < 0 ? Long.MAX_VALUE : before + n);
        onDemand.run();
    }

    @Override
    public void cancel() {
        onGivenUp.run();
    }
}
