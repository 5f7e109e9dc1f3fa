package io.upstep.broker.delivery;

import io.micrometer.core.instrument.MeterRegistry;

/** Counts what becomes of messages, by channel. */
public final class DeliveryMetrics {
    private final MeterRegistry registry;

    public DeliveryMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    public void published(String channel) {
        count("published", channel);
    }

    void handled(String channel) {
        count("handled", channel);
    }

    void retried(String channel) {
        count("retried", channel);
    }

    void rejected(String channel) {
        count("rejected", channel);
    }

    void dead(String channel) {
        count("dead", channel);
    }

    private void count(String what, String channel) {
        registry.counter("upstep.events." + what, "channel", channel).increment();
    }
}
