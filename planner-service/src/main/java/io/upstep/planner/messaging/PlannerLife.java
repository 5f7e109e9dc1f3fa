package io.upstep.planner.messaging;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.upstep.planner.plan.Happening;
import io.upstep.planner.store.Maintenance;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Starts the planner's work when the application starts, and ends it in the opposite order. */
@ApplicationScoped
public class PlannerLife {
    private static final String FORGETS = "embedded";

    private final String broker;
    private final Maintenance maintenance;
    private final Inbox inbox;
    private final Subscriptions subscriptions;
    private final Relay relay;
    private final Hearing hearing;
    private final Sweeper sweeper;

    @Inject
    public PlannerLife(
            @ConfigProperty(name = "upstep.broker", defaultValue = FORGETS) String broker,
            Maintenance maintenance,
            Inbox inbox,
            Subscriptions subscriptions,
            Relay relay,
            Hearing hearing,
            Sweeper sweeper) {
        this.broker = broker;
        this.maintenance = maintenance;
        this.inbox = inbox;
        this.subscriptions = subscriptions;
        this.relay = relay;
        this.hearing = hearing;
        this.sweeper = sweeper;
    }

    void start(@Observes StartupEvent event) {
        inbox.start();
        subscriptions.start();
        if (broker.equals(FORGETS)) {
            maintenance.waiting().forEach(plan -> inbox.put(plan, new Happening.BrokerForgot()));
        }
        relay.start();
        hearing.start();
        sweeper.start();
    }

    void stop(@Observes ShutdownEvent event) {
        sweeper.close();
        hearing.close();
        subscriptions.close();
        inbox.close();
        relay.close();
    }
}
