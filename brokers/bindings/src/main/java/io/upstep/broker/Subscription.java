package io.upstep.broker;

/** A running consumption. */
public interface Subscription extends AutoCloseable {

    /** Takes no further message, waits for those being handled, and leaves the rest to others. Not acknowledged means not lost. */
    @Override
    void close();
}
