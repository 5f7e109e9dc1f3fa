package io.upstep.broker.binding;

import io.upstep.broker.Broker;
import io.upstep.broker.Destination;
import io.upstep.broker.Envelope;
import io.upstep.broker.MessageHandler;
import io.upstep.broker.Subscription;
import io.upstep.broker.UndeliverableException;
import io.upstep.broker.delivery.Consumption;
import io.upstep.broker.delivery.DeliveryConfig;
import io.upstep.broker.delivery.DeliveryMetrics;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/** The broker port over a connector: publishes through one outlet, receives through one intake per subscription. */
final class ConnectorBroker implements Broker, AutoCloseable {
    private final Binding binding;
    private final DeliveryConfig delivery;
    private final DeliveryMetrics metrics;
    private final ScheduledExecutorService workers;
    private final SizeLimit limit;
    private final Outlet outlet;
    private final TopologyDoctor doctor;
    private final Collection<ConnectorSubscription> subscriptions = new CopyOnWriteArrayList<>();
    private final AtomicInteger numbers = new AtomicInteger();

    ConnectorBroker(
            Binding binding,
            BrokerConfig config,
            DeliveryConfig delivery,
            DeliveryMetrics metrics,
            ScheduledExecutorService workers,
            Clock clock) {
        this.binding = binding;
        this.delivery = delivery;
        this.metrics = metrics;
        this.workers = workers;
        this.limit = config.sizeLimit();
        Places places = new Places(binding);
        this.outlet = new Outlet(binding, places, config.publishLimits(), workers);
        this.doctor = new TopologyDoctor(binding, places, outlet, subscriptions, config.checkInterval(), clock);
        doctor.start();
    }

    @Override
    public CompletionStage<Void> publish(Destination destination, Envelope message) {
        Optional<UndeliverableException> excess = limit.excess(message, destination.address());
        if (excess.isPresent()) {
            return CompletableFuture.failedFuture(excess.get());
        }
        return outlet.publish(Place.receiverOf(destination), message)
                .thenRun(() -> metrics.published(destination.channel()));
    }

    @Override
    public Subscription subscribe(Destination destination, String group, int concurrency, MessageHandler handler) {
        Place place = Place.of(destination, group);
        Consumption consumption = new Consumption(
                new Consumption.Source(destination.channel(), destination.address(), group),
                concurrency,
                handler,
                letter -> outlet.publish(place.dead(), letter),
                delivery,
                metrics,
                workers);
        ConnectorSubscription subscription = new ConnectorSubscription(
                place,
                List.of(Place.receiverOf(destination), place, place.dead()),
                numbers.incrementAndGet(),
                concurrency,
                binding,
                consumption,
                subscriptions::remove);
        subscriptions.add(subscription);
        doctor.admit(subscription);
        return subscription;
    }

    @Override
    public Health health() {
        return doctor.health();
    }

    @Override
    public void close() {
        doctor.close();
        subscriptions.forEach(ConnectorSubscription::close);
        outlet.close();
        binding.close();
    }
}
