package io.upstep.executor.action.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads what a database is like, apart from what is in it. */
final class TraitsReader {
    private static final int PER_MAJOR = 10_000;
    /** Objects with a lower number are the server's own. */
    private static final String OURS = " >= 16384";

    private static final String DATABASE = "select pg_catalog.pg_encoding_to_char(encoding), datcollate, datctype,"
            + " pg_catalog.pg_get_userbyid(datdba) from pg_catalog.pg_database where datname = current_database()";

    private static final String ROLES = "select distinct pg_catalog.pg_get_userbyid(o) from ("
            + "select relowner as o from pg_catalog.pg_class where oid" + OURS
            + " union select proowner from pg_catalog.pg_proc where oid" + OURS
            + " union select typowner from pg_catalog.pg_type where oid" + OURS
            + " union select nspowner from pg_catalog.pg_namespace where oid" + OURS
            + " union select lomowner from pg_catalog.pg_largeobject_metadata"
            + " union select refobjid from pg_catalog.pg_shdepend where refclassid = 'pg_catalog.pg_authid'::regclass"
            + " and dbid = (select oid from pg_catalog.pg_database where datname = current_database())) x order by 1";

    private TraitsReader() {}

    static RestorePoint.Traits read(Connection connection, int dumpedBy) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(DATABASE)) {
            row.next();
            return new RestorePoint.Traits(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    roles(connection),
                    extensions(connection),
                    dumpedBy);
        }
    }

    private static List<String> roles(Connection connection) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(ROLES)) {
            while (row.next()) {
                found.add(row.getString(1));
            }
        }
        return found;
    }

    private static Map<String, String> extensions(Connection connection) throws SQLException {
        Map<String, String> found = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select extname, extversion from pg_catalog.pg_extension")) {
            while (row.next()) {
                found.put(row.getString(1), row.getString(2));
            }
        }
        return found;
    }

    static int major(Connection connection) throws SQLException {
        return (int) number(connection, "select current_setting('server_version_num')::int") / PER_MAJOR;
    }

    static String version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select current_setting('server_version')")) {
            row.next();
            return row.getString(1);
        }
    }

    static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
