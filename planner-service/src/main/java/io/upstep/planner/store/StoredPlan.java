package io.upstep.planner.store;

import io.upstep.planner.plan.Plan;

/** A plan and how many entries its journal has. */
record StoredPlan(Plan plan, long journalSeq) {}
