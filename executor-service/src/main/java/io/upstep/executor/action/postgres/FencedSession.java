package io.upstep.executor.action.postgres;

import io.upstep.executor.action.Aside;
import io.upstep.executor.action.StepContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * One attempt's session in a PostgreSQL database.
 *
 * <p>What is guaranteed: once a session of an epoch is open, no transaction of a session of a lower epoch commits any more,
 * neither one that was open before nor one that is opened later. Every transaction begins by locking the installation's row of
 * {@code upstep.fence} and comparing its epoch, and keeps the lock until it ends. A newer attempt opens its session by
 * writing its epoch under the same lock; if an older one has it, because its executor is paused or cut off, the newer has the
 * server end that session first, and with it the transaction. It holds for all that goes through {@link #transaction}, and
 * not for what other connections do.
 */
public final class FencedSession implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(FencedSession.class);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);

    private final StepContext context;
    private final FenceRow row;
    private final OlderSessions older;
    private final Aside aside;
    private volatile Connection connection;
    private volatile boolean closed;

    /** What is done in one transaction. */
    @FunctionalInterface
    public interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    private FencedSession(StepContext context) {
        this.context = context;
        this.row = new FenceRow(context);
        this.older = new OlderSessions(context);
        this.aside = new Aside(Connections.THREAD, context, () -> Connections.cancel(connection, context));
    }

    /** Connects, and takes the database from whatever older attempt still has it. */
    public static FencedSession open(Database database, StepContext context) {
        PGSimpleDataSource source = Connections.source(database, Credentials.read(database, context), context);
        FencedSession session = new FencedSession(context);
        try {
            context.checkpoint();
            session.connect(source);
            session.take();
            return session;
        } catch (SQLException e) {
            session.close();
            throw SqlFailures.of("opening " + database + ": ", e);
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private void connect(PGSimpleDataSource source) throws SQLException {
        aside.call(() -> {
            connection = source.getConnection();
            if (closed) {
                // The attempt ended while the server was thinking about it.
                connection.close();
            }
            Connections.withoutHurry(connection);
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            older.terminate(connection);
            connection.setAutoCommit(false);
            Tables.prepare(connection);
            connection.commit();
            return null;
        });
    }

    private void take() throws SQLException {
        context.checkpoint();
        while (!aside.call(this::taken)) {
            context.progress(null, "waiting for another session to let go of the database");
            aside.call(this::endOlder).forEach(name -> context.log("had the server end the older session " + name));
            context.pause(BETWEEN_TRIES);
            context.checkpoint();
        }
        // A session opened between the first look and the row's seizure has not seen it; one opened from now on will.
        aside.call(this::endOlder);
    }

    private boolean taken() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set local lock_timeout = '500ms'");
            row.seize(connection);
            connection.commit();
            return true;
        } catch (SQLException e) {
            connection.rollback();
            if (SqlFailures.LOCKED.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    private List<String> endOlder() throws SQLException {
        // Each for itself: one that may not be ended must not keep the others.
        connection.setAutoCommit(true);
        List<String> ended = older.terminate(connection);
        connection.setAutoCommit(false);
        return ended;
    }

    /**
     * Runs the work in one transaction of its own, which commits only while this attempt owns both the installation and the
     * fence. When it fails, nothing of it remains; when the server is lost at the very end, only a look at it can tell.
     */
    public <T> T transaction(Work<T> work) {
        try {
            context.checkpoint();
            T result = aside.call(() -> {
                row.seize(connection);
                return work.run(connection);
            });
            context.checkpoint();
            aside.call(() -> {
                connection.commit();
                return null;
            });
            return result;
        } catch (SQLException e) {
            undo();
            throw SqlFailures.of(e);
        } catch (RuntimeException e) {
            undo();
            throw e;
        }
    }

    private void undo() {
        try {
            if (!connection.isClosed()) {
                connection.rollback();
            }
        } catch (SQLException e) {
            LOG.debugf("Nothing to roll back, the connection is lost: %s", e.getMessage());
        }
    }

    @Override
    public void close() {
        closed = true;
        aside.close();
        Connections.close(connection);
    }
}
