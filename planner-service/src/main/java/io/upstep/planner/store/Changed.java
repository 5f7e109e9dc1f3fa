package io.upstep.planner.store;

import io.upstep.planner.plan.Plan;

/**
 * What became of a {@link Change}, now that it is committed.
 *
 * @param plan the plan afterwards; null if there is no such plan
 * @param problem why the plan refused the change; null if it took it
 */
public record Changed(Plan plan, RuntimeException problem) {}
