package io.upstep.broker.delivery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** How often, and when, a message whose handler failed is tried again. */
@ConfigMapping(prefix = "upstep.delivery")
public interface DeliveryConfig {

    /** How often a message is tried again before it goes to the dead letters. */
    @WithDefault("4")
    int retries();

    /** How long to wait before each further try; the last one holds for all that follow. */
    @WithDefault("200ms,1s,5s")
    List<Duration> delays();

    /** How long closing a subscription waits for the handlers that are at work; what they leave is delivered again. */
    @WithDefault("10s")
    Duration closeTimeout();

    /** The wait after a try that failed; tries count from 1. */
    default Duration delayAfter(int attempt) {
        List<Duration> delays = delays();
        return delays.get(Math.min(attempt, delays.size()) - 1);
    }
}
