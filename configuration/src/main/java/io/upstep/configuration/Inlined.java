package io.upstep.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Makes a rule file complete: puts in the tables and schemas that stand beside it, so that it can be sent as it is. */
final class Inlined {
    private Inlined() {}

    static JsonNode of(JsonNode file, Path folder) throws IOException {
        ObjectNode whole = file.deepCopy();
        JsonNode from = whole.remove("knownFrom");
        if (from != null) {
            keys(whole.withArray("/known"), from.asText(), folder);
        }
        if (whole.path("valid").path("schema").isTextual()) {
            Path schema = folder.resolve(whole.path("valid").path("schema").asText());
            ((ObjectNode) whole.get("valid")).set("schema", new ObjectMapper().readTree(text(schema)));
        }
        return whole;
    }

    private static void keys(ArrayNode known, String from, Path folder) throws IOException {
        String table = from.substring(0, from.indexOf('#'));
        String column = from.substring(from.indexOf('#') + 1);
        List<String[]> rows = text(folder.resolve(table))
                .lines()
                .map(row -> row.split("\t", -1))
                .toList();
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

    private static String text(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new IllegalArgumentException(
                    "expected a file '" + path.getFileName() + "' beside the rules, came none");
        }
        return Files.readString(path);
    }
}
