package io.upstep.executor.action.postgres;

import io.upstep.event.AttemptId;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The row of {@code upstep.fence} that says which attempt may work on a database; who holds its lock is at work. */
final class FenceRow {
    private final StepContext context;

    FenceRow(StepContext context) {
        this.context = context;
    }

    /** Epochs count per installation, and installations of several namespaces may share a database. */
    static String key(StepContext context) {
        return context.namespace() + "/" + context.installation().release();
    }

    /**
     * Waits for the row's lock, which ends with the transaction, and writes this attempt into it.
     *
     * @throws ActionException {@code fenced} when a newer attempt has the database
     */
    void seize(Connection connection) throws SQLException {
        AttemptId attempt = context.attempt();
        insert(connection);
        try (PreparedStatement select =
                connection.prepareStatement("select epoch, plan from upstep.fence where installation = ? for update")) {
            select.setString(1, key(context));
            try (ResultSet row = select.executeQuery()) {
                row.next();
                if (row.getLong(1) > attempt.epoch()) {
                    throw fenced(row.getLong(1), row.getString(2));
                }
            }
        }
        // A restored database may hold an older row: who has the lock and the installation writes it anew.
        update(connection);
    }

    /** Has the row, where there is such a table, keep out all attempts before this one. */
    void raise(Connection connection) throws SQLException {
        if (!Tables.areThere(connection)) {
            // Nobody gets in without the row.
            return;
        }
        insert(connection);
        try (PreparedStatement update = connection.prepareStatement(
                "update upstep.fence set epoch = greatest(epoch, ?), at = now() where installation = ?")) {
            update.setLong(1, context.attempt().epoch());
            update.setString(2, key(context));
            update.executeUpdate();
        }
    }

    /** @throws ActionException {@code fenced} when a newer attempt has the database; unlike seizing, this waits for nobody */
    void require(Connection connection) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select epoch, plan from upstep.fence where installation = ?")) {
            select.setString(1, key(context));
            try (ResultSet row = select.executeQuery()) {
                if (row.next() && row.getLong(1) > context.attempt().epoch()) {
                    throw fenced(row.getLong(1), row.getString(2));
                }
            }
        }
    }

    private ActionException fenced(long epoch, String plan) {
        return ActionException.permanent(
                "fenced",
                "expected no newer attempt than epoch " + context.attempt().epoch()
                        + " to have had the database, but plan " + plan + " had it at " + epoch
                        + "; if no such plan exists any more, delete the row of installation "
                        + key(context) + " from upstep.fence");
    }

    private void insert(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into upstep.fence (installation, epoch, at) values (?, 0, now()) on conflict do nothing")) {
            insert.setString(1, key(context));
            insert.executeUpdate();
        }
    }

    private void update(Connection connection) throws SQLException {
        AttemptId attempt = context.attempt();
        try (PreparedStatement update = connection.prepareStatement(
                "update upstep.fence set planner = ?, plan = ?, step = ?, attempt = ?, epoch = ?, at = now()"
                        + " where installation = ?")) {
            int at = 0;
            update.setString(++at, context.planner());
            update.setString(++at, attempt.planId());
            update.setString(++at, attempt.stepId());
            update.setInt(++at, attempt.attempt());
            update.setLong(++at, attempt.epoch());
            update.setString(++at, key(context));
            update.executeUpdate();
        }
    }
}
