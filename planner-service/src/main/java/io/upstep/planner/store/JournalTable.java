package io.upstep.planner.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.planner.plan.JournalEntry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** The journals of all plans. */
final class JournalTable {
    /** Takes the head's lock and writes the entries behind it, in one round trip. */
    private static final String APPEND = """
            with head as (update journal_head set position = position + ? returning position)
            insert into journal (position, plan_id, seq, at, type, actor, data)
            select head.position - ? + entry.nr, entry.plan_id, entry.seq, ?, entry.type, entry.actor, entry.data::jsonb
            from head, unnest(?::uuid[], ?::bigint[], ?::text[], ?::text[], ?::text[])
                with ordinality as entry (plan_id, seq, type, actor, data, nr)
            returning position
            """;

    private static final String COLUMNS = "select position, plan_id, seq, at, type, actor, data from journal ";

    private JournalTable() {}

    /**
     * Must be the last statement of its transaction: it makes all other writers of the journal wait.
     *
     * @return the position of the last entry
     */
    static long append(Connection connection, List<NewEntry> entries) throws SQLException {
        List<Long> positions = Sql.query(
                connection,
                APPEND,
                row -> row.getLong(1),
                entries.size(),
                entries.size(),
                entries.get(0).at(),
                entries.stream().map(e -> UUID.fromString(e.planId())).toArray(UUID[]::new),
                entries.stream().map(NewEntry::seq).toArray(Long[]::new),
                entries.stream().map(e -> e.entry().type().text()).toArray(String[]::new),
                entries.stream().map(e -> e.entry().actor()).toArray(String[]::new),
                entries.stream().map(e -> Json.write(e.entry().data())).toArray(String[]::new));
        return positions.stream().mapToLong(Long::longValue).max().orElseThrow();
    }

    static List<JournalEntry> of(Connection connection, UUID planId, long afterSeq, int limit) throws SQLException {
        return Sql.query(
                connection,
                COLUMNS + "where plan_id = ? and seq > ? order by seq limit ?",
                JournalTable::read,
                planId,
                afterSeq,
                limit);
    }

    static List<JournalEntry> after(Connection connection, long position, int limit) throws SQLException {
        return Sql.query(
                connection,
                COLUMNS + "where position > ? order by position limit ?",
                JournalTable::read,
                position,
                limit);
    }

    static long lastPosition(Connection connection) throws SQLException {
        return Sql.query(connection, "select position from journal_head", row -> row.getLong(1))
                .get(0);
    }

    private static JournalEntry read(ResultSet row) throws SQLException {
        return new JournalEntry(
                row.getLong("position"),
                row.getString("plan_id"),
                row.getLong("seq"),
                Sql.instant(row, "at"),
                row.getString("type"),
                row.getString("actor"),
                Json.read(row.getString("data"), ObjectNode.class));
    }
}
