package io.upstep.verifier.check.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.SortedMap;
import java.util.TreeMap;

/** The tables and sequences of a database that are its users' own, by schema and name, each with its quoted name. */
final class Catalogue {
    private static final String OWN = "select n.nspname || '.' || c.relname, quote_ident(n.nspname) || '.' ||"
            + " quote_ident(c.relname) from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace"
            + " where c.relkind = ?::\"char\" and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'upstep')";
    private static final String TABLE = "r";
    private static final String SEQUENCE = "S";

    private Catalogue() {}

    static SortedMap<String, String> tables(Connection connection) throws SQLException {
        return own(connection, TABLE);
    }

    static SortedMap<String, String> sequences(Connection connection) throws SQLException {
        return own(connection, SEQUENCE);
    }

    private static SortedMap<String, String> own(Connection connection, String kind) throws SQLException {
        SortedMap<String, String> names = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement(OWN)) {
            select.setString(1, kind);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    names.put(row.getString(1), row.getString(2));
                }
            }
        }
        return names;
    }
}
