package io.upstep.planner.store;

import java.sql.SQLException;

/** The database answered, and did not accept what it was told. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreException(SQLException cause) {
        super("the database refused a statement: " + cause.getMessage(), cause);
    }

    /** The SQLSTATE. */
    public String state() {
        return ((SQLException) getCause()).getSQLState();
    }
}
