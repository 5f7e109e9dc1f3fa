package io.upstep.event;

/** How an upgrade ended. */
public enum Ending {
    SUCCEEDED,
    FAILED,
    CANCELLED,
    ROLLED_BACK,
    /** Given up by a person, without waiting for those who worked on it. */
    ABANDONED
}
