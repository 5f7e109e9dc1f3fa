package io.upstep.event;

/** How an upgrade ended. */
public enum Ending {
    SUCCEEDED,
    FAILED,
    CANCELLED,
    ROLLED_BACK
}
