package io.upstep.planner.messaging;

import io.upstep.broker.Broker;
import io.upstep.broker.Destination;
import io.upstep.broker.Envelope;
import io.upstep.broker.MessageHandler;
import io.upstep.broker.Subscription;
import java.util.concurrent.CompletionStage;

/** A broker that is there or not, and does nothing else. */
final class BrokerHealth implements Broker {
    volatile Health health = Health.UP;

    @Override
    public CompletionStage<Void> publish(Destination destination, Envelope message) {
        throw new UnsupportedOperationException("only its health is asked for");
    }

    @Override
    public Subscription subscribe(Destination destination, String group, int concurrency, MessageHandler handler) {
        throw new UnsupportedOperationException("only its health is asked for");
    }

    @Override
    public Health health() {
        return health;
    }
}
