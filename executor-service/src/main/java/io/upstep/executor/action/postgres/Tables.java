package io.upstep.executor.action.postgres;

import io.upstep.executor.action.ActionException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Makes the tables Upstep needs in a database, unless somebody who may has made them already. */
final class Tables {
    private static final List<String> MAKE = List.of(
            "create schema if not exists upstep",
            "create table if not exists upstep.fence (installation text primary key, planner text, plan text, step text,"
                    + " attempt integer, epoch bigint not null, at timestamptz not null)",
            "create table if not exists upstep.done (plan text, step text, attempt integer not null,"
                    + " epoch bigint not null, at timestamptz not null, primary key (plan, step))");

    private Tables() {}

    static void prepare(Connection connection) throws SQLException {
        if (areThere(connection)) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            // Two at once would collide in the catalogue.
            statement.execute("select pg_advisory_xact_lock(hashtext('upstep.fence'))");
            for (String make : MAKE) {
                statement.execute(make);
            }
        } catch (SQLException e) {
            if (SqlFailures.NOT_PERMITTED.equals(e.getSQLState())) {
                throw notPermitted();
            }
            throw e;
        }
    }

    static boolean areThere(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        "select to_regclass('upstep.fence') is not null and to_regclass('upstep.done') is not null")) {
            return found.next() && found.getBoolean(1);
        }
    }

    private static ActionException notPermitted() {
        return ActionException.permanent(
                "no-fence",
                "expected the right to create the schema upstep, whose tables keep two attempts apart; grant it, or have"
                        + " an administrator run: " + String.join("; ", MAKE)
                        + "; and grant usage on the schema and select, insert, update on its tables");
    }
}
