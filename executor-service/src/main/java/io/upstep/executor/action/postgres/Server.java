package io.upstep.executor.action.postgres;

import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The databases of a server, which one attempt at a time makes, renames and drops. Its fence is in a database of its own,
 * because those it works on come and go.
 */
final class Server implements AutoCloseable {
    /** The database with the fence; it stays. */
    static final String HOME = "upstep";

    private static final String IN_USE = "55006";
    private static final int TRIES = 20;
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(250);

    private final StepContext context;
    private final FencedSession fence;
    private final Session side;

    private Server(StepContext context, FencedSession fence, Session side) {
        this.context = context;
        this.fence = fence;
        this.side = side;
    }

    /** @param database any of the server's, whether it exists or not */
    static Server open(Database database, StepContext context) {
        Database home = database.named(HOME);
        Home.prepare(home, context);
        FencedSession fence = FencedSession.open(home, context);
        try {
            return new Server(context, fence, Session.open(home, context));
        } catch (RuntimeException e) {
            fence.close();
            throw e;
        }
    }

    /** In one transaction, which no older attempt's follows any more. */
    <T> T transaction(FencedSession.Work<T> work) {
        return fence.transaction(work);
    }

    /** For what may go on while the fence's own session is busy. */
    Session side() {
        return side;
    }

    boolean exists(String database) {
        return !named(database, false).isEmpty();
    }

    /** Databases whose names are this one with a number at its end. */
    List<String> numbered(String begin) {
        return named(begin + "_", true).stream()
                .filter(name -> name.substring(begin.length()).matches("_\\d+"))
                .toList();
    }

    private List<String> named(String text, boolean beginning) {
        return side.call(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("select datname from pg_catalog.pg_database where "
                            + (beginning ? "left(datname, length(?)) = ?" : "datname = ? and datname = ?")
                            + " order by 1")) {
                select.setString(1, text);
                select.setString(2, text);
                List<String> found = new ArrayList<>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        found.add(row.getString(1));
                    }
                }
                return found;
            }
        });
    }

    /** What has been written on a database; empty if nothing. */
    String comment(String database) {
        return side.call(connection -> {
            try (PreparedStatement select = connection.prepareStatement("select pg_catalog.shobj_description(oid,"
                    + " 'pg_database') from pg_catalog.pg_database where datname = ?")) {
                select.setString(1, database);
                try (ResultSet row = select.executeQuery()) {
                    String text = row.next() ? row.getString(1) : null;
                    return text == null ? "" : text;
                }
            }
        });
    }

    void create(String database, String how) {
        fence.transaction(held -> {
            side.execute("create database " + Sql.name(database) + " template template0" + how);
            return null;
        });
    }

    /** Ends its sessions, and then it. Absent is as good. */
    void drop(String database) {
        for (int tries = 1; exists(database); tries++) {
            if (fence.transaction(held -> side.call(connection -> dropped(connection, database)))) {
                return;
            }
            if (tries == TRIES) {
                throw ActionException.passing(
                        "database-in-use", "expected to drop database " + database + ", but sessions come back to it");
            }
            context.pause(BETWEEN_TRIES);
        }
    }

    private static boolean dropped(Connection connection, String database) throws SQLException {
        endSessions(connection, database);
        try (Statement statement = connection.createStatement()) {
            statement.execute("drop database if exists " + Sql.name(database));
            return true;
        } catch (SQLException e) {
            if (IN_USE.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    /** Ends those that it may end; another user's stay, and what follows is refused because of them, and tells. */
    static void endSessions(Connection connection, String database) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select pid from pg_catalog.pg_stat_activity"
                + " where datname = ? and pid <> pg_catalog.pg_backend_pid()")) {
            select.setString(1, database);
            try (ResultSet session = select.executeQuery()) {
                while (session.next()) {
                    OlderSessions.terminated(connection, session.getInt(1));
                }
            }
        }
    }

    @Override
    public void close() {
        side.close();
        fence.close();
    }
}
