package io.upstep.executor.action.postgres;

import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.StoppedException;
import io.upstep.executor.action.kubernetes.KeptData;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Has one database take another's place, in one transaction with the fence and the ledger: whoever is killed has done all of
 * it or nothing. Renaming locks the database's name, so that nobody new gets in, and then waits for those who are in;
 * meanwhile another session ends theirs.
 */
final class Swap {
    private static final String IN_USE = "55006";
    private static final int TRIES = 3;
    private static final long BETWEEN_LOOKS = 50;

    private final Server server;
    private final StepContext context;
    private final Ledger ledger;

    Swap(Server server, StepContext context) {
        this.server = server;
        this.context = context;
        this.ledger = new Ledger(context);
    }

    /** Returns what the database that was there is called now; empty if there was none. */
    Optional<String> run(String database, String copy) {
        context.progress(null, "putting " + copy + " in the place of " + database);
        for (int tries = 1; ; tries++) {
            Optional<String> kept = server.exists(database) ? Optional.of(keptName(database)) : Optional.empty();
            try {
                return swapped(database, copy, kept);
            } catch (ActionException e) {
                if (!e.code().equals("database-in-use") || tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    private String keptName(String database) {
        String name = Names.kept(database, KeptData.shortPlan(context));
        String free = name;
        for (int number = 2; server.exists(free); number++) {
            free = name + "_" + number;
        }
        return free;
    }

    private Optional<String> swapped(String database, String copy, Optional<String> kept) {
        String comment = server.comment(database);
        CountDownLatch done = new CountDownLatch(1);
        CompletableFuture<Void> ending = CompletableFuture.runAsync(() -> endSessions(database, done));
        try {
            server.transaction(connection -> rename(connection, database, copy, kept, comment));
            return kept;
        } finally {
            done.countDown();
            ending.join();
        }
    }

    private Void rename(Connection connection, String database, String copy, Optional<String> kept, String comment)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (kept.isPresent()) {
                statement.execute(renaming(database, kept.get()));
            }
            statement.execute("comment on database " + Sql.name(copy) + " is "
                    + (comment.isEmpty() ? "null" : Sql.text(comment)));
            statement.execute(renaming(copy, database));
        } catch (SQLException e) {
            if (IN_USE.equals(e.getSQLState())) {
                connection.rollback();
                throw inUse(database);
            }
            throw e;
        }
        ledger.enter(connection);
        return null;
    }

    private static String renaming(String from, String to) {
        return "alter database " + Sql.name(from) + " rename to " + Sql.name(to);
    }

    private void endSessions(String database, CountDownLatch done) {
        try {
            do {
                server.side().call(connection -> {
                    Server.endSessions(connection, database);
                    return null;
                });
            } while (!done.await(BETWEEN_LOOKS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ActionException | StoppedException e) {
            // The renaming beside it meets the same, and tells.
        }
    }

    private ActionException inUse(String database) {
        List<String> sessions = server.side().call(connection -> sessions(connection, database));
        return ActionException.passing(
                "database-in-use",
                "expected all sessions of database " + database + " to end, these do not: " + sessions
                        + "; stop what opens them, or let the step's user be a member of their roles");
    }

    private static List<String> sessions(Connection connection, String database) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select usename, application_name, client_addr::text"
                        + " from pg_catalog.pg_stat_activity where datname = " + Sql.text(database) + " limit 10")) {
            while (row.next()) {
                found.add(row.getString(1) + " '" + row.getString(2) + "' from " + row.getString(3));
            }
        }
        return found;
    }
}
