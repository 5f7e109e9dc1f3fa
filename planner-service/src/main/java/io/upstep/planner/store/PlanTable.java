package io.upstep.planner.store;

import io.upstep.event.Installation;
import io.upstep.planner.plan.Plan;
import io.upstep.planner.plan.Plans;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table of plans. */
final class PlanTable {
    private static final String COLUMNS = "state, journal_seq";

    private PlanTable() {}

    static long nextNumber(Connection connection) throws SQLException {
        return Sql.query(connection, "select nextval('plan_number')", row -> row.getLong(1))
                .get(0);
    }

    /** The highest fencing number any plan of the installation has given out; 0 if none has. */
    static long highestEpoch(Connection connection, Installation installation) throws SQLException {
        return Sql.query(
                        connection,
                        "select coalesce(max(epoch), 0) from plan where cluster = ? and namespace = ? and release = ?",
                        row -> row.getLong(1),
                        installation.cluster(),
                        installation.namespace(),
                        installation.release())
                .get(0);
    }

    static void insert(Connection connection, Plan plan) throws SQLException {
        Installation at = plan.installation();
        Sql.update(
                connection,
                "insert into plan (id, number, platform, cluster, namespace, release, status, active, epoch, wake_at, hold,"
                        + " journal_seq, version, state) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 1, ?::jsonb)",
                UUID.fromString(plan.id()),
                plan.number(),
                plan.submission().platform(),
                at.cluster(),
                at.namespace(),
                at.release(),
                plan.status().name(),
                !plan.status().isTerminal(),
                plan.epoch(),
                wakeAt(plan),
                hold(plan),
                Json.write(plan));
    }

    static void update(Connection connection, Collection<StoredPlan> plans) throws SQLException {
        List<Object[]> each = plans.stream().map(PlanTable::arguments).toList();
        Sql.batch(
                connection,
                "update plan set status = ?, active = ?, epoch = ?, wake_at = ?, hold = ?, journal_seq = ?, version = version + 1,"
                        + " state = ?::jsonb where id = ?",
                each);
    }

    private static Object[] arguments(StoredPlan stored) {
        Plan plan = stored.plan();
        return new Object[] {
            plan.status().name(),
            !plan.status().isTerminal(),
            plan.epoch(),
            wakeAt(plan),
            hold(plan),
            stored.journalSeq(),
            Json.write(plan),
            UUID.fromString(plan.id())
        };
    }

    /** Locks the plans, always in the same order, so that two who lock several never wait for each other. */
    static List<StoredPlan> lock(Connection connection, Collection<UUID> ids) throws SQLException {
        return Sql.query(
                connection,
                "select " + COLUMNS + " from plan where id = any(?) order by id for update",
                PlanTable::read,
                (Object) ids.toArray(UUID[]::new));
    }

    /**
     * Locks plans whose timer is due, except those that somebody else is busy with, and those whose last message has not
     * left yet: to say it again would only lengthen the queue before a broker that is away.
     */
    static List<StoredPlan> lockDue(Connection connection, Instant now, int limit) throws SQLException {
        return Sql.query(
                connection,
                "select " + COLUMNS + " from plan where wake_at <= ?"
                        + " and not exists (select 1 from outbox where outbox.plan_id = plan.id)"
                        + " order by wake_at limit ? for update of plan skip locked",
                PlanTable::read,
                now,
                limit);
    }

    /** Leaves a plan alone for a while that could not be woken. Nothing holds it as it should: it counts as stuck. */
    static void postpone(Connection connection, String planId, Instant until) throws SQLException {
        Sql.update(connection, "update plan set wake_at = ?, hold = null where id = ?", until, UUID.fromString(planId));
    }

    /** A later plan that has worked on the same installation, if there is one. */
    static Optional<Plan> overtakenBy(Connection connection, Plan plan) throws SQLException {
        Installation at = plan.installation();
        return Sql.query(
                        connection,
                        "select " + COLUMNS
                                + " from plan where cluster = ? and namespace = ? and release = ? and number > ?"
                                + " and state->>'startedAt' is not null order by number desc limit 1",
                        PlanTable::read,
                        at.cluster(),
                        at.namespace(),
                        at.release(),
                        plan.number())
                .stream()
                .map(StoredPlan::plan)
                .findFirst();
    }

    static List<UUID> waiting(Connection connection) throws SQLException {
        return Sql.query(
                connection,
                "select id from plan where wake_at is not null order by number",
                row -> row.getObject(1, UUID.class));
    }

    static Optional<Plan> find(Connection connection, UUID id) throws SQLException {
        return Sql.query(connection, "select " + COLUMNS + " from plan where id = ?", PlanTable::read, id).stream()
                .map(StoredPlan::plan)
                .findFirst();
    }

    static Optional<Plan> active(Connection connection, Installation installation) throws SQLException {
        return Sql.query(
                        connection,
                        "select " + COLUMNS
                                + " from plan where active and cluster = ? and namespace = ? and release = ?",
                        PlanTable::read,
                        installation.cluster(),
                        installation.namespace(),
                        installation.release())
                .stream()
                .map(StoredPlan::plan)
                .findFirst();
    }

    /** @param below only plans with a lower number */
    static List<Plan> list(Connection connection, Plans.Filter filter, long below, int limit) throws SQLException {
        StringBuilder sql = new StringBuilder("select " + COLUMNS + " from plan where number < ?");
        List<Object> arguments = new ArrayList<>(List.of(below));
        if (!filter.statuses().isEmpty()) {
            sql.append(" and status = any(?)");
            arguments.add(filter.statuses().stream().map(Enum::name).toArray(String[]::new));
        }
        restrict(sql, arguments, "platform", filter.platform());
        restrict(sql, arguments, "cluster", filter.cluster());
        restrict(sql, arguments, "namespace", filter.namespace());
        restrict(sql, arguments, "release", filter.release());
        sql.append(" order by number desc limit ?");
        arguments.add(limit);
        return Sql.query(connection, sql.toString(), PlanTable::read, arguments.toArray()).stream()
                .map(StoredPlan::plan)
                .toList();
    }

    private static void restrict(StringBuilder sql, List<Object> arguments, String column, String value) {
        if (value != null && !value.isEmpty()) {
            sql.append(" and ").append(column).append(" = ?");
            arguments.add(value);
        }
    }

    private static Instant wakeAt(Plan plan) {
        return plan.timer() == null ? null : plan.timer().wakeAt();
    }

    private static String hold(Plan plan) {
        return plan.hold().map(Enum::name).orElse(null);
    }

    private static StoredPlan read(ResultSet row) throws SQLException {
        return new StoredPlan(Json.read(row.getString("state"), Plan.class), row.getLong("journal_seq"));
    }
}
