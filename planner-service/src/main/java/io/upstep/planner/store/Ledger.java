package io.upstep.planner.store;

import io.upstep.event.EventData;
import io.upstep.planner.plan.Decision;
import io.upstep.planner.plan.Entry;
import io.upstep.planner.plan.Plan;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The decisions of one transaction: collected plan by plan, then written all at once. */
final class Ledger {
    private final Map<String, StoredPlan> plans = new LinkedHashMap<>();
    private final Set<String> changed = new LinkedHashSet<>();
    private final List<NewEntry> entries = new ArrayList<>();
    private final List<EventData> messages = new ArrayList<>();
    private final Instant now;

    Ledger(Collection<StoredPlan> locked, Instant now) {
        locked.forEach(stored -> plans.put(stored.plan().id(), stored));
        this.now = now;
    }

    /** The plan as it stands after what was decided so far; null if there is none. */
    Plan plan(String id) {
        StoredPlan stored = plans.get(id);
        return stored == null ? null : stored.plan();
    }

    List<Plan> plans() {
        return plans.values().stream().map(StoredPlan::plan).toList();
    }

    /** A plan that is new has to be in the database before its first entry is written. */
    void insert(Connection connection, Decision decision) throws SQLException {
        PlanTable.insert(connection, decision.plan());
        plans.put(decision.plan().id(), new StoredPlan(null, 0));
        add(decision);
    }

    /** Locks a plan that this transaction turns out to concern, too. */
    void load(Connection connection, UUID id) throws SQLException {
        PlanTable.lock(connection, List.of(id))
                .forEach(stored -> plans.put(stored.plan().id(), stored));
    }

    /** Writes a plan's own row now, for the rule of the database that only one plan has an installation. */
    void settle(Connection connection, String id) throws SQLException {
        PlanTable.update(connection, List.of(plans.get(id)));
    }

    void add(Decision decision) {
        String id = decision.plan().id();
        StoredPlan before = plans.get(id);
        if (decision.plan() == before.plan()) {
            return;
        }
        long seq = before.journalSeq();
        for (Entry entry : decision.entries()) {
            entries.add(new NewEntry(id, ++seq, now, entry));
        }
        messages.addAll(decision.messages());
        plans.put(id, new StoredPlan(decision.plan(), seq));
        changed.add(id);
    }

    /** @return the position of the last journal entry, or 0 if there is none */
    long write(Connection connection) throws SQLException {
        PlanTable.update(connection, changed.stream().map(plans::get).toList());
        Outbox.add(connection, now, messages);
        return entries.isEmpty() ? 0 : JournalTable.append(connection, entries);
    }

    boolean hasMessages() {
        return !messages.isEmpty();
    }
}
