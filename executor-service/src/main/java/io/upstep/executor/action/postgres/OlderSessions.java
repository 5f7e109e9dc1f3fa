package io.upstep.executor.action.postgres;

import io.upstep.executor.action.StepContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The sessions that attempts with a lower epoch have left open on the server, and their end. */
final class OlderSessions {
    private static final String SESSIONS = "select pid, application_name from pg_stat_activity"
            + " where datname = current_database() and pid <> pg_backend_pid() and application_name like 'upstep/%'";

    private final StepContext context;

    OlderSessions(StepContext context) {
        this.context = context;
    }

    /** Has the server end them, each in a transaction of its own; what they had not committed is undone. Returns what they are called. */
    List<String> terminate(Connection connection) throws SQLException {
        List<String> ended = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(SESSIONS);
                ResultSet session = select.executeQuery()) {
            while (session.next()) {
                if (isOlder(session.getString(2)) && terminated(connection, session.getInt(1))) {
                    ended.add(session.getString(2));
                }
            }
        }
        return ended;
    }

    private boolean isOlder(String name) {
        OptionalLong epoch = SessionName.epoch(name, FenceRow.key(context));
        return epoch.isPresent() && epoch.getAsLong() < context.attempt().epoch();
    }

    /** Whether it may. */
    static boolean terminated(Connection connection, int pid) throws SQLException {
        try (PreparedStatement terminate = connection.prepareStatement("select pg_terminate_backend(?)")) {
            terminate.setInt(1, pid);
            terminate.execute();
            return true;
        } catch (SQLException e) {
            if (SqlFailures.NOT_PERMITTED.equals(e.getSQLState())) {
                // Another user's. Should it have the lock, that is waited for and told.
                return false;
            }
            throw e;
        }
    }
}
