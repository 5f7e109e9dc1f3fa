package io.upstep.executor.action.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Takes the fingerprint of a database in a session that is frozen, so that all of it is of one moment. */
final class FingerprintReader {
    /** The order of bytes is the same on every server, the order of a language is not. */
    private static final String TABLES = "select n.nspname, c.relname from pg_catalog.pg_class c"
            + " join pg_catalog.pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and " + ours("n.nspname")
            + " order by n.nspname::text collate \"C\", c.relname::text collate \"C\"";

    private static final String SEQUENCES = "select n.nspname, c.relname from pg_catalog.pg_class c"
            + " join pg_catalog.pg_namespace n on n.oid = c.relnamespace where c.relkind = 'S' and " + ours("n.nspname")
            + " order by n.nspname::text collate \"C\", c.relname::text collate \"C\"";

    private static final String LARGE_OBJECTS =
            "select (select count(*) from pg_catalog.pg_largeobject_metadata), (select md5(coalesce(string_agg(h, '' order by o), ''))"
                    + " from (select oid as o, md5(lo_get(oid)) as h from pg_catalog.pg_largeobject_metadata order by oid limit 1000) x)";

    /** The tables in which migration frameworks keep what has run, and what of them is told. */
    private static final Map<String, List<String>> HISTORIES = Map.of(
            "django_migrations", List.of("app", "name"),
            "flyway_schema_history", List.of("version", "checksum", "success"));

    private final Session session;

    /** A table or a sequence, by its schema and its own name. */
    private record Relation(String schema, String name) {
        String sql() {
            return Sql.name(schema) + "." + Sql.name(name);
        }

        @Override
        public String toString() {
            return schema + "." + name;
        }
    }

    FingerprintReader(Session session) {
        this.session = session;
    }

    /** The server's own schemas, temporary ones, and Upstep's, which changes while it works, say nothing. */
    private static String ours(String schema) {
        return schema + " !~ '^pg_' and " + schema + " not in ('information_schema', 'upstep')";
    }

    /**
     * @param only the tables to look at; null for all
     * @param progress told what is being read
     */
    Fingerprint read(List<String> only, Consumer<String> progress) {
        // Sequences are of no moment: first, so that a dump that follows is not behind them.
        Map<String, Long> sequences = session.call(FingerprintReader::sequences);
        List<Relation> relations = session.call(connection -> relations(connection, TABLES)).stream()
                .filter(relation -> only == null || only.contains(relation.toString()))
                .toList();
        Map<String, Fingerprint.Table> tables = new TreeMap<>();
        for (Relation relation : relations) {
            progress.accept("reading table " + (tables.size() + 1) + " of " + relations.size());
            tables.put(relation.toString(), session.call(connection -> table(connection, relation)));
        }
        return new Fingerprint(
                tables,
                sequences,
                session.call(FingerprintReader::largeObjects),
                session.call(connection -> histories(connection, relations)));
    }

    private static List<Relation> relations(Connection connection, String query) throws SQLException {
        List<Relation> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                found.add(new Relation(row.getString(1), row.getString(2)));
            }
        }
        return found;
    }

    /** A column called t would be taken for the row, were the row not written as {@code t.*}. */
    private static Fingerprint.Table table(Connection connection, Relation relation) throws SQLException {
        String table = relation.sql();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select (select count(*) from only " + table
                        + "), (select md5(coalesce(string_agg(h, '' order by h collate \"C\"), '')) from (select md5((t.*)::text) as h from only "
                        + table + " as t order by md5((t.*)::text) collate \"C\" limit 1000) x)")) {
            row.next();
            return new Fingerprint.Table(row.getLong(1), row.getString(2));
        }
    }

    private static Map<String, Long> sequences(Connection connection) throws SQLException {
        Map<String, Long> found = new TreeMap<>();
        for (Relation relation : relations(connection, SEQUENCES)) {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select last_value, is_called from " + relation.sql())) {
                row.next();
                found.put(relation.toString(), row.getBoolean(2) ? (Long) row.getLong(1) : null);
            }
        }
        return found;
    }

    private static Fingerprint.LargeObjects largeObjects(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(LARGE_OBJECTS)) {
            row.next();
            return new Fingerprint.LargeObjects(row.getLong(1), row.getString(2));
        }
    }

    private static Map<String, List<List<String>>> histories(Connection connection, List<Relation> tables)
            throws SQLException {
        Map<String, List<List<String>>> found = new TreeMap<>();
        for (Relation table : tables) {
            List<String> columns = HISTORIES.get(table.name());
            if (columns != null && hasColumns(connection, table, columns)) {
                found.computeIfAbsent(table.name(), name -> new ArrayList<>())
                        .addAll(history(connection, table, columns));
            }
        }
        return found;
    }

    private static boolean hasColumns(Connection connection, Relation table, List<String> columns) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select count(*) from information_schema.columns where table_schema = ? and table_name = ?"
                        + " and column_name = any (?)")) {
            select.setString(1, table.schema());
            select.setString(2, table.name());
            select.setArray(3, connection.createArrayOf("text", columns.toArray()));
            try (ResultSet row = select.executeQuery()) {
                return row.next() && row.getInt(1) == columns.size();
            }
        }
    }

    private static List<List<String>> history(Connection connection, Relation table, List<String> columns)
            throws SQLException {
        String texts =
                columns.stream().map(column -> Sql.name(column) + "::text").collect(Collectors.joining(", "));
        String order = columns.stream()
                .map(column -> Sql.name(column) + "::text collate \"C\"")
                .collect(Collectors.joining(", "));
        List<List<String>> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select " + texts + " from " + table.sql() + " order by " + order)) {
            while (row.next()) {
                List<String> entry = new ArrayList<>();
                for (int column = 1; column <= columns.size(); column++) {
                    entry.add(row.getString(column));
                }
                found.add(entry);
            }
        }
        return found;
    }
}
