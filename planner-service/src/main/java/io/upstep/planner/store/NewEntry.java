package io.upstep.planner.store;

import io.upstep.planner.plan.Entry;
import java.time.Instant;

/** A journal entry that knows its place within its plan, but not yet among all. */
record NewEntry(String planId, long seq, Instant at, Entry entry) {}
