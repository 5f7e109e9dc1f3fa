package io.upstep.executor.action.postgres;

import io.upstep.executor.action.ActionException;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.util.PSQLException;

/** Says what a database refused, in its own words but without the data it may quote in its details. */
final class SqlFailures {
    static final String LOCKED = "55P03";
    static final String NOT_PERMITTED = "42501";
    private static final String LOGIN = "28";
    /** Connection, resources, operator's intervention: they say nothing about the statement. */
    private static final List<String> AWAY = List.of("08", "53", "57P", "58");

    private static final List<String> IN_THE_WAY = List.of("40", "55");

    private SqlFailures() {}

    static ActionException of(SQLException e) {
        return of("", e);
    }

    /** @param what what was being done, ending in a colon and a space; or nothing */
    static ActionException of(String what, SQLException e) {
        String said = what + said(e);
        if (is(e, List.of(LOGIN))) {
            return ActionException.permanent("database-login-refused", said);
        }
        if (e.getSQLState() == null || is(e, AWAY)) {
            return ActionException.passing("database-unreachable", said);
        }
        return is(e, IN_THE_WAY)
                ? ActionException.passing("database-conflict", said)
                : ActionException.permanent("sql-failed", said);
    }

    static boolean is(SQLException e, List<String> states) {
        return e.getSQLState() != null && states.stream().anyMatch(e.getSQLState()::startsWith);
    }

    private static String said(SQLException e) {
        boolean byServer = e instanceof PSQLException own && own.getServerErrorMessage() != null;
        String message = byServer ? ((PSQLException) e).getServerErrorMessage().getMessage() : e.getMessage();
        return "PostgreSQL answered " + e.getSQLState() + ": " + message;
    }
}
