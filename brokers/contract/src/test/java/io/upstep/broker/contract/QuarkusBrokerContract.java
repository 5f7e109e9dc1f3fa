package io.upstep.broker.contract;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.health.SmallRyeHealthReporter;
import io.upstep.broker.Broker;
import io.upstep.broker.EventBroker;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

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

    /** Somewhere for the counts to be: without a registry Micrometer counts nothing. */
    static class Registry {
        @Produces
        @Singleton
        SimpleMeterRegistry registry() {
            return new SimpleMeterRegistry();
        }
    }
}
