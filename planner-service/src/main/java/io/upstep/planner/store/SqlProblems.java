package io.upstep.planner.store;

import io.upstep.planner.plan.PlanException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

/** Tells a database that does not answer from a statement that is wrong. */
final class SqlProblems {
    /** Connection lost; server shutting down, crashed or starting; too many connections; out of disk. */
    private static final Set<String> AWAY = Set.of("08", "57", "53");

    private static final String UNIQUE_VIOLATION = "23505";

    private SqlProblems() {}

    static RuntimeException translate(SQLException e) {
        if (isAway(e)) {
            return unavailable(e);
        }
        return new StoreException(e);
    }

    static boolean isUniqueViolation(Throwable e) {
        return e instanceof StoreException store && UNIQUE_VIOLATION.equals(store.state());
    }

    private static boolean isAway(SQLException e) {
        String state = e.getSQLState();
        // Without a state it is the pool that speaks, not the database.
        return e instanceof SQLTransientConnectionException || state == null || AWAY.contains(state.substring(0, 2));
    }

    private static PlanException unavailable(SQLException e) {
        PlanException problem = new PlanException(
                PlanException.Code.STORE_UNAVAILABLE,
                "the planner's database to answer",
                e.getMessage(),
                "nothing is known to have changed; try again when the database is back");
        problem.initCause(e);
        return problem;
    }
}
