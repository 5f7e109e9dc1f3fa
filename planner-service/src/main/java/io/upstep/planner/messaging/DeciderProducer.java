package io.upstep.planner.messaging;

import io.upstep.planner.plan.Decider;
import io.upstep.planner.plan.Resolver;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the decider, which itself knows nothing of beans and options. */
@Dependent
class DeciderProducer {
    @Produces
    @Singleton
    Decider decider(Resolver resolver, TimingConfig timing) {
        return new Decider(resolver, timing.patience());
    }
}
