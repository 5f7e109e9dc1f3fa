package io.upstep.executor.action.postgres;

import io.upstep.event.AttemptId;
import io.upstep.executor.action.StepContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Remembers in the database itself, in the same transaction, that a step was done there: so it is done once. */
final class Ledger {
    private final StepContext context;

    Ledger(StepContext context) {
        this.context = context;
    }

    /** Whether an attempt whose work counts has done it. */
    boolean isDone(Connection connection) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select attempt from upstep.done where plan = ? and step = ?")) {
            select.setString(1, context.attempt().planId());
            select.setString(2, context.attempt().stepId());
            try (ResultSet row = select.executeQuery()) {
                return row.next() && row.getInt(1) >= context.firstAttempt();
            }
        }
    }

    void enter(Connection connection) throws SQLException {
        AttemptId attempt = context.attempt();
        try (PreparedStatement upsert =
                connection.prepareStatement("insert into upstep.done (plan, step, attempt, epoch, at)"
                        + " values (?, ?, ?, ?, now()) on conflict (plan, step) do update"
                        + " set attempt = excluded.attempt, epoch = excluded.epoch, at = excluded.at")) {
            int at = 0;
            upsert.setString(++at, attempt.planId());
            upsert.setString(++at, attempt.stepId());
            upsert.setInt(++at, attempt.attempt());
            upsert.setLong(++at, attempt.epoch());
            upsert.executeUpdate();
        }
    }
}
