package io.upstep.executor.action.postgres;

import io.upstep.executor.action.Aside;
import io.upstep.executor.action.StepContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * An attempt's session beside its fence: for reading, and for what cannot be part of a transaction. It ends with the
 * attempt, and a newer one's fence has the server end it.
 */
final class Session implements AutoCloseable {
    /** Text is the same on every server only under the same settings. */
    private static final List<String> PLAIN = List.of(
            "set local timezone = 'UTC'",
            "set local datestyle = 'ISO, YMD'",
            "set local intervalstyle = 'postgres'",
            "set local bytea_output = 'hex'",
            "set local extra_float_digits = 0",
            "set local row_security = off",
            "set local search_path = ''");

    private final StepContext context;
    private final Database database;
    private final Aside aside;
    private volatile Connection connection;
    private volatile boolean closed;

    private Session(Database database, StepContext context) {
        this.context = context;
        this.database = database;
        this.aside = new Aside(Connections.THREAD, context, () -> Connections.cancel(connection, context));
    }

    static Session open(Database database, StepContext context) {
        PGSimpleDataSource source = Connections.source(database, Credentials.read(database, context), context);
        Session session = new Session(database, context);
        try {
            session.connect(source);
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
                connection.close();
            }
            Connections.withoutHurry(connection, "statement_timeout", "lock_timeout");
            return null;
        });
    }

    <T> T call(FencedSession.Work<T> work) {
        try {
            return aside.call(() -> work.run(connection));
        } catch (SQLException e) {
            throw SqlFailures.of(database + ": ", e);
        }
    }

    void execute(String sql) {
        call(c -> {
            try (Statement statement = c.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    /** From here on everything is read as it is at this moment, and nothing can be written. */
    void freeze() {
        execute("begin transaction isolation level repeatable read, read only");
    }

    /** As {@link #freeze}, and values are written as on any other server. */
    void freezePlainly() {
        freeze();
        PLAIN.forEach(this::execute);
    }

    @Override
    public void close() {
        closed = true;
        aside.close();
        Connections.close(connection);
    }
}
