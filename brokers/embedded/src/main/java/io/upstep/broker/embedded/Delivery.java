package io.upstep.broker.embedded;

/** One message on its way through one consumer group; guarded by the group's lock. */
final class Delivery {
    enum State {
        READY,
        IN_FLIGHT,
        RESTING,
        DONE
    }

    final EmbeddedRecord message;
    State state = State.READY;
    GroupConsumer owner;
    int attempt;
    int failures;

    Delivery(EmbeddedRecord message) {
        this.message = message;
    }

    void handTo(GroupConsumer consumer) {
        state = State.IN_FLIGHT;
        owner = consumer;
        attempt++;
        consumer.inFlight.add(this);
    }

    /** Leaves its consumer, if it is with one. */
    void becomes(State next) {
        if (owner != null) {
            owner.inFlight.remove(this);
            owner = null;
        }
        state = next;
    }

    boolean isDone() {
        return state == State.DONE;
    }
}
