package io.upstep.verifier.check.sql;

import io.upstep.verifier.check.sql.Fingerprint.Content;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Takes the fingerprint of a database. Executors have an implementation of their own, on purpose: whoever judges a backup
 * must not share a mistake with whoever made it. The settings make values read the same on every server.
 */
final class Fingerprinter {
    private static final List<String> SETTINGS = List.of(
            "set local timezone = 'UTC'",
            "set local datestyle = 'ISO, YMD'",
            "set local intervalstyle = 'postgres'",
            "set local bytea_output = 'hex'",
            "set local extra_float_digits = 0",
            "set local search_path = ''");
    private static final String COUNT = "select count(*) from only %s";

    /** Written t alone, the row would be a column called so, where there is one. */
    private static final String CHECKSUM =
            "select md5(coalesce(string_agg(h, '' order by h collate \"C\"), '')) from (select h from"
                    + " (select md5((t.*)::text) as h from only %s as t) r order by h collate \"C\" limit 1000) x";

    private static final String LAST_VALUE = "select case when is_called then last_value end from %s";
    private static final String OBJECTS = "select (select count(*) from pg_catalog.pg_largeobject_metadata),"
            + " md5(coalesce(string_agg(md5(lo_get(oid)), '' order by oid), '')) from"
            + " (select oid from pg_catalog.pg_largeobject_metadata order by oid limit 1000) x";
    private static final Map<String, List<String>> HISTORIES = Map.of(
            "django_migrations", List.of("app", "name"),
            "flyway_schema_history", List.of("version", "checksum", "success"));

    private final Connection connection;

    Fingerprinter(Connection connection) throws SQLException {
        this.connection = connection;
        for (String setting : SETTINGS) {
            Databases.run(connection, setting);
        }
    }

    /** @param which tables it is to tell of */
    Fingerprint take(Predicate<String> which) throws SQLException {
        SortedMap<String, String> own = Catalogue.tables(connection);
        own.keySet().removeIf(which.negate());
        SortedMap<String, Content> tables = new TreeMap<>();
        for (Map.Entry<String, String> table : own.entrySet()) {
            tables.put(table.getKey(), new Content(rows(table.getValue()), checksum(table.getValue())));
        }
        return new Fingerprint(
                connection.getCatalog(),
                ServerVersionProbe.version(connection),
                tables,
                sequences(),
                objects(),
                history(own));
    }

    long rows(String quoted) throws SQLException {
        return one(COUNT.formatted(quoted), row -> row.getLong(1));
    }

    String checksum(String quoted) throws SQLException {
        return one(CHECKSUM.formatted(quoted), row -> row.getString(1));
    }

    private SortedMap<String, Optional<Long>> sequences() throws SQLException {
        SortedMap<String, Optional<Long>> values = new TreeMap<>();
        for (Map.Entry<String, String> sequence :
                Catalogue.sequences(connection).entrySet()) {
            values.put(
                    sequence.getKey(),
                    one(
                            LAST_VALUE.formatted(sequence.getValue()),
                            row -> Optional.ofNullable(row.getObject(1, Long.class))));
        }
        return values;
    }

    private Content objects() throws SQLException {
        return one(OBJECTS, row -> new Content(row.getLong(1), row.getString(2)));
    }

    private SortedMap<String, List<String>> history(Map<String, String> own) throws SQLException {
        SortedMap<String, List<String>> history = new TreeMap<>();
        for (Map.Entry<String, List<String>> tool : HISTORIES.entrySet()) {
            for (Map.Entry<String, String> table : own.entrySet()) {
                if (table.getKey().endsWith("." + tool.getKey()) && has(table.getValue(), tool.getValue())) {
                    List<String> lines = history.computeIfAbsent(tool.getKey(), name -> new ArrayList<>());
                    lines.addAll(lines(table.getValue(), tool.getValue()));
                    lines.sort(null);
                }
            }
        }
        return history;
    }

    /** A table may only be called like a tool's. */
    private boolean has(String quoted, List<String> columns) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet none = statement.executeQuery("select * from " + quoted + " limit 0")) {
            List<String> names = new ArrayList<>();
            for (int column = 1; column <= none.getMetaData().getColumnCount(); column++) {
                names.add(none.getMetaData().getColumnName(column));
            }
            return names.containsAll(columns);
        }
    }

    private List<String> lines(String quoted, List<String> columns) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select " + String.join(", ", columns) + " from " + quoted)) {
            while (row.next()) {
                List<String> parts = new ArrayList<>();
                for (int column = 1; column <= columns.size(); column++) {
                    parts.add(Column.read(row, column).asText());
                }
                lines.add(String.join(" ", parts));
            }
        }
        return lines;
    }

    private <T> T one(String sql, Databases.Read<T> read) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            if (!row.next()) {
                throw new IllegalStateException("expected one row of: " + sql);
            }
            return read.of(row);
        }
    }
}
