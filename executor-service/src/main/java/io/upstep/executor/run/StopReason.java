package io.upstep.executor.run;

/** Why an attempt must end before its action is done. */
enum StopReason {
    /** Something newer owns the installation: nothing more is to be said for this attempt. */
    LEASE_LOST,
    /** It was cancelled; that is said under the cancellation's epoch. */
    CANCELLED,
    /** It took longer than it may. */
    TIMEOUT,
    /** The executor stops: the next attempt, anywhere, goes on where this one left off. */
    HANDED_OVER
}
