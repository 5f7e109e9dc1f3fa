package io.upstep.executor.action.postgres;

/** A way to a database that can be gone now. */
interface Route extends AutoCloseable {

    /** Where it is to be reached at this moment: a way that has broken is made anew. */
    Database database();

    @Override
    void close();
}
