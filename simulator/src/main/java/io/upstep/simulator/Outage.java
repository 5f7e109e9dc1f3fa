package io.upstep.simulator;

/** The ways an API server can be away. */
public enum Outage {
    /** Nobody listens: connections are refused, and those that are open are cut. */
    REFUSES,
    /** It answers 503 to everything. */
    UNAVAILABLE,
    /** It takes requests and never answers. */
    HANGS
}
