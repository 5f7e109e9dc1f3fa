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
    private final int maxBytes;
    private final Duration checkInterval;

    /**
     * @param broker which broker carries the events: embedded, rabbitmq, redis or kafka
     * @param publishTimeout how long a message may wait for the broker's confirm before publishing it has failed
     * @param publishCapacity how many messages may wait for the broker before a further one is refused
     * @param maxBytes how many bytes a message may have, whatever the broker; a larger one is refused for good
     * @param checkInterval how often the broker, and every queue, stream or topic in use, is looked at
     */
    BrokerConfig(
            @ConfigProperty(name = "upstep.broker", defaultValue = "embedded") String broker,
            @ConfigProperty(name = "upstep.publish-timeout", defaultValue = "10s") Duration publishTimeout,
            @ConfigProperty(name = "upstep.publish-capacity", defaultValue = "10000") int publishCapacity,
            @ConfigProperty(name = "upstep.broker-max-bytes", defaultValue = "921600") int maxBytes,
            @ConfigProperty(name = "upstep.broker-check-interval", defaultValue = "1s") Duration checkInterval) {
        this.broker = broker;
        this.publishTimeout = publishTimeout;
        this.publishCapacity = publishCapacity;
        this.maxBytes = maxBytes;
        this.checkInterval = checkInterval;
    }

    String broker() {
        return broker;
    }

    PublishLimits publishLimits() {
        return new PublishLimits(publishTimeout, publishCapacity);
    }

    SizeLimit sizeLimit() {
        return new SizeLimit(maxBytes);
    }

    Duration checkInterval() {
        return checkInterval;
    }
}
