package io.upstep.planner.store;

import io.upstep.event.WorkerSeen;
import io.upstep.planner.plan.Worker;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** The table of executors and verifiers heard of. */
final class WorkerTable {
    /** One not heard of for so many of its own intervals is gone. */
    private static final int MISSED = 3;

    /** Whoever says that it is heard of less often than this is believed no longer than this. */
    private static final Duration RAREST = Duration.ofHours(1);

    private WorkerTable() {}

    static void seen(Connection connection, WorkerSeen said, Instant now) throws SQLException {
        Sql.update(
                connection,
                "insert into worker (id, said, seen_at) values (?, ?::jsonb, ?)"
                        + " on conflict (id) do update set said = excluded.said, seen_at = excluded.seen_at",
                said.worker(),
                Json.write(said),
                now);
    }

    static List<Worker> all(Connection connection, Instant now) throws SQLException {
        return Sql.query(
                        connection,
                        "select said, seen_at from worker order by id",
                        row -> worker(
                                Json.read(row.getString("said"), WorkerSeen.class), Sql.instant(row, "seen_at"), now))
                .stream()
                .sorted(Comparator.comparing(Worker::alive).reversed())
                .toList();
    }

    /** Every process has a name of its own, so those of the past would pile up. */
    static void forget(Connection connection, Instant before) throws SQLException {
        Sql.update(connection, "delete from worker where seen_at < ?", before);
    }

    private static Worker worker(WorkerSeen said, Instant seenAt, Instant now) {
        Duration interval = said.interval().compareTo(RAREST) < 0 ? said.interval() : RAREST;
        Duration limit = interval.multipliedBy(MISSED);
        return new Worker(said, seenAt, !said.stopping() && !seenAt.plus(limit).isBefore(now));
    }
}
