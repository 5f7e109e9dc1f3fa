package io.upstep.broker.contract;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.health.SmallRyeHealthReporter;
import io.upstep.broker.Broker;
import io.upstep.broker.Destination;
import io.upstep.broker.Envelope;
import io.upstep.broker.EventBroker;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;

/** The law, held inside the application as it is built for production. */
abstract class QuarkusBrokerContract extends BrokerContract {
    @Inject
    Broker broker;

    @Inject
    EventBroker events;

    @Inject
    MeterRegistry metrics;

    @Inject
    SmallRyeHealthReporter health;

    @Override
    protected Broker broker() {
        return broker;
    }

    @Override
    protected EventBroker events() {
        return events;
    }

    @Override
    protected MeterRegistry metrics() {
        return metrics;
    }

    @Override
    protected SmallRyeHealthReporter health() {
        return health;
    }

    /** Publishes what everybody may subscribe to with a client of the broker's own kind. */
    protected void publishCompletion(String json) {
        Envelope message =
                new Envelope("event-1", "plan-1", json, Map.of("upstep-type", "io.upstep.upgrade.completed.v1"));
        broker.publish(new Destination("upgrade.completed", null, "planner"), message)
                .toCompletableFuture()
                .join();
    }

    /** Somewhere for the counts to be: without a registry Micrometer counts nothing. */
    static class Registry {
        @Produces
        @Singleton
        SimpleMeterRegistry registry() {
            return new SimpleMeterRegistry();
        }
    }
}
