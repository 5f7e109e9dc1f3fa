package io.upstep.planner.plan;

/** Who says that a step is done although no executor did it. An attempt that is marked so changes nothing and is verified. */
public record MarkedDone(String by, String reason) {}
