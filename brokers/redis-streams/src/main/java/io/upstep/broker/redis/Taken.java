package io.upstep.broker.redis;

import java.util.concurrent.atomic.AtomicInteger;
import redis.clients.jedis.StreamEntryID;

/**
 * An entry this consumer has taken from its stream and not yet acknowledged.
 *
 * @param deliveries how often Redis has delivered it, this time included
 * @param failures how often the handler here has failed on it
 */
record Taken(StreamEntryID entry, StreamRecord message, int deliveries, AtomicInteger failures) {
    Taken(StreamEntryID entry, StreamRecord message, int deliveries) {
        this(entry, message, deliveries, new AtomicInteger());
    }

    int attempt() {
        return deliveries + failures.get();
    }
}
