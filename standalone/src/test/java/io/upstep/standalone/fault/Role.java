package io.upstep.standalone.fault;

/** What a process of the scene is there for. */
enum Role {
    PLANNER,
    EXECUTOR,
    VERIFIER,
    BROKER,
    DATABASE
}
