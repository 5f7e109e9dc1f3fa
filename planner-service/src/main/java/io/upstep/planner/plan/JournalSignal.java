package io.upstep.planner.plan;

import java.util.function.LongConsumer;

/** Tells, right after the commit, that the journal has grown, so that whoever streams it need not poll. */
public interface JournalSignal {

    /**
     * @param listener called with the position of the last entry; must return at once, and read the entries itself. Calls may
     *     be missed out when one after it says more
     * @return closes the listening
     */
    Listening listen(LongConsumer listener);

    /** A listener that can be taken off. */
    interface Listening extends AutoCloseable {
        @Override
        void close();
    }
}
