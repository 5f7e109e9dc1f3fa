package io.upstep.broker.embedded;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/** One member of a consumer group: takes up to its prefetch of messages at once; guarded by the group's lock. */
final class GroupConsumer {
    final int prefetch;
    final Consumer<Handed> receiver;
    /** In the order they were handed over, so that they go back in that order. */
    final Set<Delivery> inFlight = new LinkedHashSet<>();

    GroupConsumer(int prefetch, Consumer<Handed> receiver) {
        this.prefetch = prefetch;
        this.receiver = receiver;
    }

    boolean hasRoom() {
        return inFlight.size() < prefetch;
    }

    /** A message handed to a consumer, and which of its attempts that is. */
    record Handed(GroupConsumer consumer, Delivery delivery, int attempt) {
        void deliver() {
            consumer.receiver.accept(this);
        }
    }
}
