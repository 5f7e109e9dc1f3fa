package io.upstep.broker.binding;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.upstep.broker.Broker;
import io.upstep.broker.delivery.DeliveryConfig;
import io.upstep.broker.delivery.DeliveryMetrics;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Makes the one broker that {@code upstep.broker} names, and closes it after the services have stopped. */
@ApplicationScoped
class BrokerProducer {
    private static final Logger LOG = Logger.getLogger(BrokerProducer.class);
    private static final int AFTER_THE_SERVICES = 5000;

    private ConnectorBroker broker;

    @Produces
    @ApplicationScoped
    Broker broker(
            @Any Instance<Binding> bindings,
            BrokerConfig config,
            DeliveryConfig delivery,
            MeterRegistry registry,
            Clock clock) {
        broker = new ConnectorBroker(
                chosen(bindings, config.broker()),
                config,
                delivery,
                new DeliveryMetrics(registry),
                Infrastructure.getDefaultWorkerPool(),
                clock);
        return broker;
    }

    void stop(@Observes @Priority(AFTER_THE_SERVICES) ShutdownEvent event) {
        if (broker != null) {
            broker.close();
            // Connectors cancel, once more, streams whose connections are closed by now, and drop what comes of it.
            Infrastructure.setDroppedExceptionHandler(dropped -> LOG.debug("dropped while closing", dropped));
        }
    }

    private static Binding chosen(Instance<Binding> bindings, String name) {
        return bindings.stream()
                .filter(binding -> binding.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("UPSTEP_BROKER (upstep.broker) must be one of "
                        + bindings.stream().map(Binding::name).sorted().collect(Collectors.joining(", "))
                        + ", but is '" + name + "'"));
    }
}
