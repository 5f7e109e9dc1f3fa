package io.upstep.verifier.check.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Turns a column's value into the JSON that is nearest to it; whatever JSON does not know becomes text. */
final class Column {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Column() {}

    static JsonNode read(ResultSet row, int column) throws SQLException {
        String text = row.getString(column);
        if (text == null) {
            return NullNode.instance;
        }
        return switch (row.getMetaData().getColumnTypeName(column)) {
            case "bool" -> BooleanNode.valueOf(row.getBoolean(column));
            case "int2", "int4", "int8", "serial", "bigserial", "smallserial", "oid" ->
                LongNode.valueOf(row.getLong(column));
            case "numeric" -> number(text);
            case "float4", "float8" -> real(row.getDouble(column), text);
            case "json", "jsonb" -> json(text);
            default -> TextNode.valueOf(text);
        };
    }

    private static JsonNode real(double value, String text) {
        return Double.isFinite(value) ? DoubleNode.valueOf(value) : TextNode.valueOf(text);
    }

    /** NaN is a numeric to PostgreSQL. */
    private static JsonNode number(String text) {
        return text.matches("-?[0-9.]+") ? DecimalNode.valueOf(new BigDecimal(text)) : TextNode.valueOf(text);
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            // PostgreSQL takes numbers that Jackson does not.
            return TextNode.valueOf(text);
        }
    }
}
