package io.upstep.broker.binding;

import io.upstep.broker.Envelope;
import io.upstep.broker.delivery.Consumption;
import io.upstep.broker.delivery.Received;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/**
 * The receiving end of a connector for as long as one connection lasts. It asks for one message whenever one is done with,
 * so that never more are here than may be handled at once.
 */
final class Intake implements Flow.Subscriber<Message<?>> {
    private static final Logger LOG = Logger.getLogger(Intake.class);
    private static final int LOOKS_UNTIL_CONNECTED = 10;

    private final String channel;
    private final Binding binding;
    private final Consumption consumption;
    private final int window;
    private volatile Flow.Subscription upstream;
    private volatile boolean over;
    private volatile boolean wasConnected;
    private volatile Throwable failure;
    private int looks;

    Intake(String channel, Binding binding, Consumption consumption, int window) {
        this.channel = channel;
        this.binding = binding;
        this.consumption = consumption;
        this.window = window;
    }

    @SuppressWarnings("unchecked")
    void open(Place place) {
        ((Flow.Publisher<Message<?>>) binding.receive(channel, place, window)).subscribe(this);
    }

    /** Over when the connector says so, when the connection it once had is gone, or when it never gets one. */
    boolean isOver() {
        boolean connected = binding.isConnected(channel);
        wasConnected |= connected;
        looks = connected ? 0 : looks + 1;
        return over || (wasConnected && !connected) || looks > LOOKS_UNTIL_CONNECTED;
    }

    boolean isConnected() {
        return !isOver() && wasConnected;
    }

    /** Why it ended, or null. */
    Throwable failure() {
        return failure;
    }

    void close() {
        over = true;
        try {
            if (upstream != null && binding.isConnected(channel)) {
                upstream.cancel();
            }
        } catch (RuntimeException e) {
            LOG.debugf(e, "%s could not be closed in good order; the broker will notice", channel);
        }
        binding.release(channel);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        upstream = subscription;
        subscription.request(window);
    }

    @Override
    public void onNext(Message<?> message) {
        wasConnected = true;
        consumption.accept(new Incoming(binding.incoming(message), message), () -> upstream.request(1));
    }

    @Override
    public void onError(Throwable reason) {
        failure = reason;
        over = true;
    }

    @Override
    public void onComplete() {
        over = true;
    }

    /** A message that only this intake's connection can acknowledge. */
    private final class Incoming implements Received {
        private final Envelope envelope;
        private final Message<?> message;

        private Incoming(Envelope envelope, Message<?> message) {
            this.envelope = envelope;
            this.message = message;
        }

        @Override
        public Envelope message() {
            return envelope;
        }

        @Override
        public CompletionStage<Void> acknowledge() {
            return message.ack();
        }

        @Override
        public boolean isWanted() {
            return !over;
        }
    }
}
