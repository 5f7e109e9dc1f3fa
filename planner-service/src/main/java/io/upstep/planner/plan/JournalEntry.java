package io.upstep.planner.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * One line of a plan's journal, as stored.
 *
 * @param position its place among the entries of all plans: rising, without gaps, and never given to a later commit
 * @param seq its place within its plan: 1, 2, 3 ... without gaps
 * @param type stable, see {@link Entry} for all there are
 * @param actor who caused it: a person, an executor, a verifier, or {@code planner}
 */
public record JournalEntry(
        long position, String planId, long seq, Instant at, String type, String actor, ObjectNode data) {}
