package io.upstep.planner.store;

import java.sql.Connection;
import java.sql.SQLException;

/** Which Upstep this is: every planner replica on one database is the same one. */
final class Identity {
    private Identity() {}

    static String of(Connection connection) throws SQLException {
        return Sql.query(connection, "select id::text from identity", row -> row.getString(1))
                .get(0);
    }
}
