package io.upstep.planner.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.planner.plan.JournalEntry;
import java.time.Instant;
import java.util.Set;

/**
 * A journal entry as the API shows and streams it.
 *
 * @param position among the entries of all plans
 * @param seq within its plan: 1, 2, 3 ... without gaps
 * @param summary one sentence for people
 * @param terminal whether the plan is over with this entry
 */
public record EntryView(
        long position,
        String plan,
        long seq,
        Instant at,
        String type,
        String actor,
        String summary,
        boolean terminal,
        ObjectNode data) {
    private static final Set<String> TERMINAL = Set.of(
            "plan.refused", "plan.cancelled", "plan.succeeded", "plan.failed", "plan.rolled.back", "plan.abandoned");

    static EntryView of(JournalEntry entry) {
        return new EntryView(
                entry.position(),
                entry.planId(),
                entry.seq(),
                entry.at(),
                entry.type(),
                entry.actor(),
                Story.sentence(entry),
                TERMINAL.contains(entry.type()),
                entry.data());
    }
}
