package io.upstep.executor.action.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What an assertion expects of an answer: a value, a number of rows, or nothing at all. */
sealed interface Expectation {
    int MOST_ROWS = 100_000;
    int LONGEST = 200;

    /** What came, in words that can be told. */
    String look(Connection connection, String query) throws SQLException;

    boolean isMetBy(String came);

    static Expectation of(JsonNode expected) {
        if (expected == null || expected.isNull() || expected.isArray()) {
            throw invalid(expected);
        }
        if (expected.isTextual() && expected.asText().equals("none")) {
            return new Rows(0);
        }
        if (expected.isObject()) {
            if (expected.size() != 1 || !expected.path("rows").isIntegralNumber()) {
                throw invalid(expected);
            }
            return new Rows(expected.path("rows").asInt());
        }
        return new Value(expected.asText());
    }

    private static IllegalArgumentException invalid(JsonNode came) {
        return new IllegalArgumentException(
                "expected 'expected' to be a value, {rows: a number}, or none, came " + came);
    }

    /** So many rows, whatever is in them. */
    record Rows(int number) implements Expectation {
        public Rows {
            if (number < 0 || number > MOST_ROWS) {
                throw new IllegalArgumentException("expected 'expected.rows' to be 0 to " + MOST_ROWS + ", came "
                        + number + "; count larger ones in SQL");
            }
        }

        @Override
        public String look(Connection connection, String query) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                // One more tells as much as all of them.
                statement.setMaxRows(number + 1);
                try (ResultSet row = statement.executeQuery(query)) {
                    int found = 0;
                    while (row.next()) {
                        found++;
                    }
                    return found > number ? "at least " + found + " rows" : new Rows(found).toString();
                }
            }
        }

        @Override
        public boolean isMetBy(String came) {
            return came.equals(toString());
        }

        @Override
        public String toString() {
            return number == 0 ? "no rows" : number + " rows";
        }
    }

    /** One row with one value; numbers are equal however they are written. */
    record Value(String text) implements Expectation {
        @Override
        public String look(Connection connection, String query) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.setMaxRows(2);
                try (ResultSet row = statement.executeQuery(query)) {
                    if (!row.next()) {
                        return "no rows";
                    }
                    String value = String.valueOf(row.getObject(1));
                    if (row.next() || row.getMetaData().getColumnCount() != 1) {
                        return "more than one value";
                    }
                    return value.length() <= LONGEST ? value : value.substring(0, LONGEST) + "…";
                }
            }
        }

        @Override
        public boolean isMetBy(String came) {
            return came.equals(text) || isSameNumber(came);
        }

        private boolean isSameNumber(String came) {
            try {
                return new BigDecimal(came).compareTo(new BigDecimal(text)) == 0;
            } catch (NumberFormatException e) {
                // Not numbers, then.
                return false;
            }
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
