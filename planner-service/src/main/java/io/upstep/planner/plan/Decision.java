package io.upstep.planner.plan;

import io.upstep.event.EventData;
import java.util.List;

/** What follows from a happening: the plan afterwards, what is written in its journal, and what the others are told. */
public record Decision(Plan plan, List<Entry> entries, List<EventData> messages) {
    public Decision {
        entries = List.copyOf(entries);
        messages = List.copyOf(messages);
    }
}
