package io.upstep.verifier.check.sql;

import java.sql.SQLException;
import java.util.List;
import org.postgresql.util.PSQLException;

/** The database was reached and said no, in words of its own, but without the data it may quote in its details. */
final class SqlRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final List<String> NO_TABLE = List.of("42P01", "3F000");
    private static final String LOGIN = "28";
    private static final String NO_DATABASE = "3D000";
    /** Connection, resources, operator's intervention, a lost race: they say nothing about what was asked. */
    private static final List<String> AWAY = List.of("08", "40", "53", "55", "57P", "58");

    private final String state;

    private SqlRefusedException(SQLException cause) {
        super(said(cause), cause);
        state = String.valueOf(cause.getSQLState());
    }

    static SqlRefusedException of(SQLException e) {
        return new SqlRefusedException(e);
    }

    /** Whether the server itself has answered, so that asking again at once would bring the same. */
    static boolean isAnswer(SQLException e) {
        return e.getSQLState() != null && AWAY.stream().noneMatch(e.getSQLState()::startsWith);
    }

    /** Whether what was asked for is simply not there. */
    boolean isNoTable() {
        return NO_TABLE.contains(state);
    }

    boolean isNoDatabase() {
        return state.equals(NO_DATABASE);
    }

    boolean isLogin() {
        return state.startsWith(LOGIN);
    }

    static String said(SQLException e) {
        boolean byServer = e instanceof PSQLException own && own.getServerErrorMessage() != null;
        String message = byServer ? ((PSQLException) e).getServerErrorMessage().getMessage() : e.getMessage();
        return "PostgreSQL answered " + e.getSQLState() + ": " + message;
    }
}
