package io.upstep.verifier.check.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.upstep.verifier.check.SameJson;
import java.util.Iterator;

/** What a query is expected to bring, as recipes write it: a value, {@code none}, {@code {rows: 3}} or all rows. */
record Expectation(JsonNode json) {
    private static final String NONE = "none";
    private static final String ROWS = "rows";

    Expectation {
        boolean count = json != null
                && json.isObject()
                && json.size() == 1
                && json.path(ROWS).canConvertToInt();
        if (json == null || json.isNull() || (json.isObject() && !count)) {
            throw new IllegalArgumentException(
                    "expected 'expected' to be a value, none, {rows: <how many>} or a list of rows, came " + json);
        }
    }

    boolean isMetBy(ArrayNode rows) {
        if (json.isObject()) {
            return rows.size() == json.path(ROWS).asInt();
        }
        if (json.isArray()) {
            return sameRows(rows);
        }
        if (json.asText().equals(NONE)) {
            return rows.isEmpty();
        }
        return rows.size() == 1
                && rows.get(0).size() == 1
                && SameJson.same(rows.get(0).elements().next(), json);
    }

    private boolean sameRows(ArrayNode rows) {
        boolean same = rows.size() == json.size();
        for (int i = 0; same && i < rows.size(); i++) {
            same = sameRow(rows.get(i), json.get(i));
        }
        return same;
    }

    /** A row is written with the names of its columns, or as a list; a row of one column also as its value alone. */
    private static boolean sameRow(JsonNode row, JsonNode expected) {
        if (expected.isObject() && !sameNames(row, expected)) {
            return false;
        }
        if (expected.isValueNode()) {
            return row.size() == 1 && SameJson.same(row.elements().next(), expected);
        }
        Iterator<String> names = row.fieldNames();
        boolean same = row.size() == expected.size();
        for (int i = 0; same && names.hasNext(); i++) {
            String name = names.next();
            same = SameJson.same(row.get(name), expected.isObject() ? expected.get(name) : expected.get(i));
        }
        return same;
    }

    private static boolean sameNames(JsonNode row, JsonNode expected) {
        boolean same = true;
        for (Iterator<String> names = row.fieldNames(); names.hasNext(); ) {
            same &= expected.has(names.next());
        }
        return same;
    }

    @Override
    public String toString() {
        return json.isObject()
                ? json.path(ROWS).asInt() + " rows"
                : json.asText().equals(NONE) ? "no rows" : json.isValueNode() ? json.asText() : json.toString();
    }
}
