package io.upstep.broker.binding;

import jakarta.enterprise.context.Dependent;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Which broker, and how patient to be with it. */
@Dependent
class BrokerConfig {
    private final String broker;
    private final Duration publishTimeout;
    private final int publishCapacity;
    private final Duration checkInterval;

    /**
     * @param broker which broker carries the events: embedded, rabbitmq, redis or kafka
     * @param publishTimeout how long a message may wait for the broker's confirm before publishing it has failed
     * @param publishCapacity how many messages may wait for the broker before a further one is refused
     * @param checkInterval how often the broker, and every queue, stream or topic in use, is looked at
     */
    BrokerConfig(
            @ConfigProperty(name = "upstep.broker", defaultValue = "embedded") String broker,
            @ConfigProperty(name = "upstep.publish-timeout", defaultValue = "10s") Duration publishTimeout,
            @ConfigProperty(name = "upstep.publish-capacity", defaultValue = "10000") int publishCapacity,
            @ConfigProperty(name = "upstep.broker-check-interval", defaultValue = "1s") Duration checkInterval) {
        this.broker = broker;
        this.publishTimeout = publishTimeout;
        this.publishCapacity = publishCapacity;
        this.checkInterval = checkInterval;
    }

    String broker() {
        return broker;
    }

    PublishLimits publishLimits() {
        return new PublishLimits(publishTimeout, publishCapacity);
    }

    Duration checkInterval() {
        return checkInterval;
    }
}
