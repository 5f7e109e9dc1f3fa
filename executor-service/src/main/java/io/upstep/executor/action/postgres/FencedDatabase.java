package io.upstep.executor.action.postgres;

import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.Aside;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.route.Routes;
import java.sql.SQLException;

/** A database for libraries that open connections of their own: while they work, no other attempt does. */
public final class FencedDatabase implements AutoCloseable {
    private final DatabaseRoute route;
    private final Database database;
    private final StepContext context;

    private FencedDatabase(DatabaseRoute route, StepContext context) {
        this.route = route;
        this.database = route.database();
        this.context = context;
    }

    public static FencedDatabase open(Database database, Routes routes, StepContext context) {
        return new FencedDatabase(DatabaseRoute.open(database, routes, context), context);
    }

    /** What a library does with connections. */
    @FunctionalInterface
    public interface Use<T> {
        T with(javax.sql.DataSource connections);
    }

    /**
     * Has the database's fence all the while. The connections carry the attempt's name, so that a newer one's fence ends them;
     * and one that is opened later finds out, and is refused.
     */
    public <T> T whileHeld(Use<T> use) {
        try (FencedSession fence = FencedSession.open(database, context);
                FencedSource source = source(true)) {
            return fence.transaction(held -> aside(source, () -> use.with(source)));
        }
    }

    /** Without the fence: for looking. */
    public <T> T look(Use<T> use) {
        try (FencedSource source = source(false)) {
            return aside(source, () -> use.with(source));
        } catch (SQLException e) {
            throw SqlFailures.of(e);
        }
    }

    private <T> T aside(FencedSource source, Aside.Work<T, SQLException> work) throws SQLException {
        try (Aside aside = new Aside(Connections.THREAD, context, source::close)) {
            return aside.call(work);
        }
    }

    private FencedSource source(boolean fenced) {
        return new FencedSource(
                Connections.source(database, Credentials.read(database, context), context),
                fenced ? new FenceRow(context) : null);
    }

    /** What PostgreSQL refused, in its own words but without the rows it may quote. */
    public static ActionException failure(String what, SQLException e, String code) {
        ActionException failure = SqlFailures.of(what, e);
        return failure.code().equals("sql-failed") ? ActionException.permanent(code, failure.getMessage()) : failure;
    }

    @Override
    public void close() {
        route.close();
    }
}
