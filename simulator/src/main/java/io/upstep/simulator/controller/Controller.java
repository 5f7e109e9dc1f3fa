package io.upstep.simulator.controller;

import io.upstep.simulator.store.Key;

/** Brings what is there closer to what is wanted, one object at a time. */
interface Controller {
    /** The resource whose objects it looks after, for example {@code deployments.apps}. */
    String resource();

    /** Looks at one object, which may be gone by now. Called again after each change to it or to what it owns. */
    void reconcile(Key key);
}
