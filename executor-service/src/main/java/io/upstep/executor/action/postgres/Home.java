package io.upstep.executor.action.postgres;

import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Makes the database in which a server's fence is, unless it is there. */
final class Home {
    /** Always there, though an administrator may have closed one of them. */
    private static final List<String> ENTRANCES = List.of("postgres", "template1");

    private static final List<String> MADE_MEANWHILE = List.of("42P04", "23505");

    private Home() {}

    static void prepare(Database home, StepContext context) {
        ActionException refused = null;
        for (String entrance : ENTRANCES) {
            try (Session session = Session.open(home.named(entrance), context)) {
                context.checkpoint();
                session.call(connection -> {
                    create(connection, home.database());
                    return null;
                });
                return;
            } catch (ActionException e) {
                // Told only if there is no other way in.
                refused = refused == null ? e : refused;
                if (!e.code().equals("sql-failed") && !e.code().equals("database-login-refused")) {
                    throw e;
                }
            }
        }
        throw refused;
    }

    private static void create(Connection connection, String home) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        "select 1 from pg_catalog.pg_database where datname = " + Sql.text(home))) {
            if (found.next()) {
                return;
            }
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("create database " + Sql.name(home) + " template template0");
        } catch (SQLException e) {
            if (SqlFailures.NOT_PERMITTED.equals(e.getSQLState())) {
                throw ActionException.permanent(
                        "no-createdb",
                        "expected the right to create databases, without which nothing can be restored and nothing proven;"
                                + " have an administrator run: alter role "
                                + connection.getMetaData().getUserName()
                                + " createdb");
            }
            if (!MADE_MEANWHILE.contains(e.getSQLState())) {
                throw e;
            }
        }
    }
}
