package io.upstep.executor.action.route;

/** A way to a server that can be gone now. */
public interface Route extends AutoCloseable {

    /** Where it is to be reached at this moment: a way that has broken is made anew. */
    Address address();

    @Override
    void close();
}
