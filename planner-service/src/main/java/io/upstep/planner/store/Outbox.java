package io.upstep.planner.store;

import io.upstep.broker.EventBroker;
import io.upstep.event.Event;
import io.upstep.event.EventCodec;
import io.upstep.event.EventData;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Messages of committed decisions, until the broker has confirmed them. A plan's messages keep their order. */
public final class Outbox {
    /**
     * Whoever has the first message of a plan has all of that plan's, for as long as it says: no transaction is held open
     * while the broker is waited for. Others pass over the plan meanwhile, and take it if whoever had it is gone.
     */
    private static final String CLAIM_FIRST = """
            with first as (
                select id from outbox
                where id in (select distinct on (plan_id) id from outbox order by plan_id, id)
                  and (not_before is null or not_before <= ?)
                order by id limit ? for update skip locked)
            update outbox set not_before = ? from first where outbox.id = first.id returning plan_id
            """;

    private static final String CLAIMED =
            "select id, plan_id, event_id, type, cluster, payload, tries from outbox where plan_id = any(?) order by id limit ?";

    /** Not worth waiting for the disk: a deletion lost in a crash means a message said twice, which is allowed. */
    private static final String DELETE = "set local synchronous_commit = off; delete from outbox where id = any(?)";

    private Outbox() {}

    static void add(Connection connection, Instant now, List<EventData> messages) throws SQLException {
        Sql.batch(
                connection,
                "insert into outbox (plan_id, event_id, type, cluster, payload, created_at) values (?, ?, ?, ?, ?, ?)",
                messages.stream()
                        .map(message -> Event.of("/upstep/planner", now, message))
                        .map(Outbox::arguments)
                        .toList());
    }

    /** Claims the messages of up to so many plans until then. Oldest first. */
    public static List<Outgoing> claim(Connection connection, Instant now, Instant until, int limit)
            throws SQLException {
        UUID[] plans = Sql.query(connection, CLAIM_FIRST, row -> row.getObject(1, UUID.class), now, limit, until)
                .toArray(UUID[]::new);
        return plans.length == 0
                ? List.of()
                : Sql.query(connection, CLAIMED, Outbox::read, plans, Math.max(limit, plans.length) * 4);
    }

    public static void delete(Connection connection, List<Long> ids) throws SQLException {
        if (!ids.isEmpty()) {
            Sql.update(connection, DELETE, (Object) ids.toArray(Long[]::new));
        }
    }

    /** Puts a message, and with it those of its plan that come after it, off for a while. */
    public static void postpone(Connection connection, Outgoing message, Instant notBefore) throws SQLException {
        Sql.update(
                connection,
                "update outbox set tries = tries + 1, not_before = ? where id = ?",
                notBefore,
                message.id());
    }

    /** Gives back all that is claimed, so that nothing waits for a relay that was killed; another's may be said twice. */
    public static void release(Connection connection) throws SQLException {
        Sql.update(connection, "update outbox set not_before = null where tries = 0 and not_before is not null");
    }

    /** How many messages of the plan the broker has refused or not answered for, and since when the oldest waits. */
    static Optional<Depth> undelivered(Connection connection, String planId) throws SQLException {
        return Sql.query(
                        connection,
                        "select count(*) as messages, min(created_at) as oldest from outbox where plan_id = ?"
                                + " having max(tries) > 0",
                        row -> new Depth(row.getLong("messages"), Sql.instant(row, "oldest")),
                        UUID.fromString(planId))
                .stream()
                .findFirst();
    }

    /** How many messages wait, and since when the oldest does; null if none does. */
    public static Depth depth(Connection connection) throws SQLException {
        return Sql.query(
                        connection,
                        "select count(*) as messages, min(created_at) as oldest from outbox",
                        row -> new Depth(row.getLong("messages"), Sql.instant(row, "oldest")))
                .get(0);
    }

    private static Object[] arguments(Event<?> event) {
        return new Object[] {
            UUID.fromString(event.data().subject()),
            event.id(),
            event.type().typeName(),
            event.data().cluster(),
            EventCodec.encode(event),
            event.time()
        };
    }

    private static Outgoing read(ResultSet row) throws SQLException {
        String planId = row.getString("plan_id");
        EventBroker.Encoded event = new EventBroker.Encoded(
                row.getString("event_id"),
                row.getString("type"),
                row.getString("cluster"),
                planId,
                row.getString("payload"));
        return new Outgoing(row.getLong("id"), planId, event, row.getInt("tries"));
    }

    /** @param oldest null if there is none */
    public record Depth(long messages, Instant oldest) {}
}
