package io.upstep.planner.plan;

import java.time.Instant;

/** That somebody wants the plan taken back, and since when it is being taken back. */
public record Rollback(String actor, String reason, Instant since) {}
