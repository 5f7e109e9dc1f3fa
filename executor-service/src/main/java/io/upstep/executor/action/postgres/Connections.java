package io.upstep.executor.action.postgres;

import io.upstep.executor.action.StepContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.ssl.DefaultJavaSSLFactory;

/** How an attempt's connections are made: named after it, with limits to waiting, and silent about rows. */
final class Connections {
    private static final Logger LOG = Logger.getLogger(Connections.class);
    static final String THREAD = "upstep-postgres";
    private static final int SECONDS_TO_CONNECT = 10;
    private static final int SECONDS_TO_CANCEL = 5;

    private Connections() {}

    static PGSimpleDataSource source(Database database, Credentials credentials, StepContext context) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {database.host()});
        source.setPortNumbers(new int[] {database.port()});
        source.setDatabaseName(database.database());
        source.setUser(credentials.user());
        source.setPassword(credentials.password());
        source.setSslMode(database.sslMode().word());
        source.setApplicationName(name(context));
        source.setConnectTimeout(SECONDS_TO_CONNECT);
        source.setLoginTimeout(SECONDS_TO_CONNECT);
        source.setCancelSignalTimeout(SECONDS_TO_CANCEL);
        source.setTcpKeepAlive(true);
        if (database.sslMode() == Database.SslMode.VERIFY_FULL) {
            // The certificates the JVM trusts, rather than a file in the home directory of whoever runs it.
            source.setSslfactory(DefaultJavaSSLFactory.class.getName());
        }
        // Details quote rows.
        source.setLogServerErrorDetail(false);
        return source;
    }

    /**
     * Takes away the limits that a role or a database sets to its applications: who holds a fence or a snapshot waits for
     * others for hours, and the step has limits of its own. Older servers do not know all of them.
     */
    static void withoutHurry(Connection connection, String... more) throws SQLException {
        List<String> limits = new ArrayList<>(List.of("idle_in_transaction_session_timeout", "idle_session_timeout"));
        limits.addAll(List.of(more));
        try (PreparedStatement set = connection.prepareStatement(
                "select pg_catalog.set_config(name, '0', false) from pg_catalog.pg_settings where name = any (?)")) {
            set.setArray(1, connection.createArrayOf("text", limits.toArray()));
            set.execute();
        }
    }

    /**
     * The server stops at once; and should it not be heard of any more, at least nobody here waits for it.
     *
     * @param connection null if there is none yet
     */
    static void cancel(Connection connection, StepContext context) {
        if (connection == null) {
            return;
        }
        try {
            connection.unwrap(PGConnection.class).cancelQuery();
        } catch (SQLException e) {
            LOG.infof("Could not cancel what a database is doing for %s: %s", context.attempt(), e.getMessage());
        }
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.debugf("Already closed: %s", e.getMessage());
        }
    }

    /** @param connection null if there is none */
    static void close(Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            LOG.debugf("The connection was lost before it was closed: %s", e.getMessage());
        }
    }

    /** By this name a newer attempt finds what an older one has left open, client tools' connections included. */
    static String name(StepContext context) {
        return SessionName.of(FenceRow.key(context), context.attempt().epoch());
    }
}
