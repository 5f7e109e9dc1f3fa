package io.upstep.broker.binding;

import io.upstep.broker.Broker.Health;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Looks after the broker: makes a real round trip at a fixed rhythm, says what is wrong, declares again what is gone, and
 * lets subscriptions and the outlet go on when the broker is back.
 */
final class TopologyDoctor implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(TopologyDoctor.class);
    private static final int STALE_AFTER = 10;

    private final Binding binding;
    private final Places places;
    private final Outlet outlet;
    private final Collection<ConnectorSubscription> subscriptions;
    private final Duration interval;
    private final Clock clock;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> Outlet.daemon(task, "upstep-topology"));
    private volatile Finding last;
    private boolean isAway;

    TopologyDoctor(
            Binding binding,
            Places places,
            Outlet outlet,
            Collection<ConnectorSubscription> subscriptions,
            Duration interval,
            Clock clock) {
        this.binding = binding;
        this.places = places;
        this.outlet = outlet;
        this.subscriptions = subscriptions;
        this.interval = interval;
        this.clock = clock;
    }

    void start() {
        thread.scheduleWithFixedDelay(this::examine, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What the last look found; makes one if there is none yet. */
    Health health() {
        if (last == null) {
            examine();
        }
        Finding found = last;
        Duration age = Duration.between(found.at(), clock.instant());
        return age.compareTo(interval.multipliedBy(STALE_AFTER)) < 0
                ? found.health()
                : Health.down("the " + binding.name() + " broker has not answered for " + age.toSeconds() + " s");
    }

    /** Declares a new subscription's places and starts it, unless the broker cannot be reached: then that is made up for later. */
    synchronized void admit(ConnectorSubscription subscription) {
        subscription.places().forEach(places::use);
        if (isAway) {
            return; // Found out already: trying each place in turn would only hold up the service's start.
        }
        try {
            subscription.places().forEach(places::require);
            subscription.tend();
        } catch (RuntimeException e) {
            LOG.warnf(
                    "%s cannot be declared yet, which is tried again: %s",
                    subscription.place().name(), e.getMessage());
        }
    }

    private synchronized void examine() {
        try {
            report(treat());
        } catch (RuntimeException e) {
            LOG.debug("the round trip failed", e);
            report(Health.down("the round trip to the " + binding.name() + " broker failed: " + e));
        }
    }

    private Health treat() {
        Inspection found = binding.inspect(places.declared());
        isAway = !found.isReachable();
        if (!found.isReachable()) {
            outlet.hold(found.problem());
            return Health.down(found.problem());
        }
        found.missing().keySet().forEach(this::lose);
        List<String> refusals = declareAgain();
        subscriptions.stream()
                .filter(subscription -> places.isDeclared(subscription.place()))
                .forEach(ConnectorSubscription::tend);
        if (outlet.isConnected()) {
            outlet.proceed();
        } else {
            outlet.restore();
        }
        if (!found.missing().isEmpty()) {
            return Health.down(found.problem());
        }
        return refusals.isEmpty() ? unrestored() : Health.down(String.join("; ", refusals));
    }

    /** What cannot be declared must not keep the rest from being so. */
    private List<String> declareAgain() {
        List<String> refusals = new ArrayList<>();
        for (Place place : places.undeclared()) {
            try {
                places.require(place);
            } catch (RuntimeException e) {
                LOG.debugf(e, "%s cannot be declared yet", place.name());
                refusals.add(e.getMessage());
            }
        }
        return refusals;
    }

    private void lose(Place place) {
        places.lost(place);
        subscriptions.stream()
                .filter(subscription -> subscription.place().equals(place))
                .forEach(ConnectorSubscription::drop);
    }

    /** The broker may be fine while our own connections to it are not yet. */
    private Health unrestored() {
        if (!outlet.isConnected()) {
            return Health.down("the connection for publishing is being restored");
        }
        return subscriptions.stream()
                .filter(subscription -> !subscription.isConnected())
                .findFirst()
                .map(subscription -> Health.down(
                        "the subscription of " + subscription.place().name() + " is not connected yet"))
                .orElse(Health.UP);
    }

    private void report(Health health) {
        boolean wasUp = last == null || last.health().up();
        if (wasUp && !health.up()) {
            LOG.warnf("the %s broker is not as it should be: %s", binding.name(), health.problem());
        } else if (!wasUp && health.up()) {
            LOG.infof("the %s broker is fine again", binding.name());
        }
        last = new Finding(health, clock.instant());
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private record Finding(Health health, Instant at) {}
}
