package io.upstep.planner.plan;

import io.upstep.event.WorkerSeen;
import java.time.Instant;

/**
 * An executor or verifier, as heard of last.
 *
 * @param seenAt when it was last heard of
 * @param alive whether it was heard of recently enough, by its own interval, and did not say it stops
 */
public record Worker(WorkerSeen said, Instant seenAt, boolean alive) {}
