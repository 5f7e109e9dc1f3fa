package io.upstep.configuration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Makes a rule file complete: puts in the tables and schemas that stand beside it, so that it can be sent as it is. */
final class Inlined {
    private Inlined() {}

    static JsonNode of(JsonNode file, Map<String, String> folder) {
        ObjectNode whole = file.deepCopy();
        JsonNode from = whole.remove("knownFrom");
        if (from != null) {
            keys(whole.withArray("/known"), from.asText(), folder);
        }
        if (whole.path("valid").path("schema").isTextual()) {
            String schema = whole.path("valid").path("schema").asText();
            ((ObjectNode) whole.get("valid")).set("schema", json(schema, text(schema, folder)));
        }
        return whole;
    }

    private static void keys(ArrayNode known, String from, Map<String, String> folder) {
        String table = from.substring(0, from.indexOf('#'));
        String column = from.substring(from.indexOf('#') + 1);
        List<String[]> rows =
                text(table, folder).lines().map(row -> row.split("\t", -1)).toList();
        int index = rows.isEmpty() ? -1 : Arrays.asList(rows.get(0)).indexOf(column);
        if (index < 1) {
            throw new IllegalArgumentException("expected a column '" + column + "' in " + table + ", came "
                    + (rows.isEmpty() ? "an empty table" : Arrays.toString(rows.get(0))));
        }
        rows.stream()
                .skip(1)
                .filter(row -> row.length > index && !row[index].isBlank())
                .forEach(row -> known.add(row[0]));
    }

    private static JsonNode json(String name, String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("expected JSON in '" + name + "', came " + e.getOriginalMessage(), e);
        }
    }

    /** Only what stands beside the rules: nobody has other files read by naming them here. */
    private static String text(String name, Map<String, String> folder) {
        if (!folder.containsKey(name)) {
            throw new IllegalArgumentException("expected a file '" + name + "' beside the rules, came none");
        }
        return folder.get(name);
    }
}
