package io.upstep.verifier.check.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.verifier.check.SecretLooking;
import io.upstep.verifier.cluster.NoAnswerException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.postgresql.core.Parser;

/** One SELECT, and its rows as objects by column name, as they are: to be told, they go through {@link #told} first. */
record Query(String sql) {
    private static final Pattern READS = Pattern.compile("(?is)[\\s(]*(select|with|values|table|show)\\b.*");

    Query {
        if (sql == null || sql.isBlank()) {
            throw new IllegalArgumentException("expected a 'query'");
        }
        if (!READS.matcher(sql).matches() || statements(sql) != 1) {
            throw new IllegalArgumentException(
                    "expected 'query' to be one statement that begins with select, with, values, table or show");
        }
    }

    /** @param limit how many rows there may be; if there are more, nobody is told a part */
    ArrayNode rows(Connection connection, int limit) throws SQLException {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setMaxRows(limit + 1);
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    rows.add(row(found));
                }
            }
        }
        if (rows.size() > limit) {
            throw new NoAnswerException(
                    "the query brings more than " + limit + " rows; ask for less, or raise upstep.verifier.query-rows");
        }
        return rows;
    }

    /** The rows without texts that look secret. Numbers stay: a count that is hidden would be a wrong count. */
    static ArrayNode told(ArrayNode rows) {
        ArrayNode told = JsonNodeFactory.instance.arrayNode();
        for (JsonNode row : rows) {
            ObjectNode copy = told.addObject();
            row.fields()
                    .forEachRemaining(column -> copy.set(column.getKey(), told(column.getKey(), column.getValue())));
        }
        return told;
    }

    private static JsonNode told(String column, JsonNode value) {
        return value.isNumber() ? value : SecretLooking.hidden(column, value);
    }

    private static ObjectNode row(ResultSet found) throws SQLException {
        ResultSetMetaData columns = found.getMetaData();
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        for (int column = 1; column <= columns.getColumnCount(); column++) {
            String name = columns.getColumnLabel(column);
            if (row.has(name)) {
                throw new NoAnswerException("the query brings two columns called " + name + "; name them with 'as'");
            }
            row.set(name, Column.read(found, column));
        }
        return row;
    }

    /** As the driver itself would count them. */
    private static long statements(String sql) {
        try {
            return Parser.parseJdbcSql(sql, true, false, true, false, true).stream()
                    .filter(statement -> !statement.nativeSql.isBlank())
                    .count();
        } catch (SQLException e) {
            throw new IllegalArgumentException("expected 'query' to be SQL: " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return sql.strip().replaceAll("\\s+", " ");
    }
}
