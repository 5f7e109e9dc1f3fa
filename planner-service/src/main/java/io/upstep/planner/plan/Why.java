package io.upstep.planner.plan;

import java.time.Instant;

/**
 * Why a plan is where it is.
 *
 * @param sentence the whole answer for people
 * @param waitingFor what it waits for; null when it is over
 * @param since since when
 * @param releasedBy what will make it go on; null when it is over
 * @param next what the planner does by itself if nothing comes; null when it does nothing
 * @param nextAt when it does that; null when it does nothing
 */
public record Why(String sentence, String waitingFor, Instant since, String releasedBy, String next, Instant nextAt) {}
