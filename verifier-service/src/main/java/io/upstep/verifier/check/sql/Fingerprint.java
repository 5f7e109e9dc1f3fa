package io.upstep.verifier.check.sql;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a database holds, told without its content: enough to notice a row, a sequence or a file that is missing.
 *
 * @param tables by schema and name
 * @param sequences their last values by schema and name; empty for one that was never used
 * @param history what tools for migrations have noted there, by the tool's table, each as one line of text, in order
 */
record Fingerprint(
        String database,
        String serverVersion,
        SortedMap<String, Content> tables,
        SortedMap<String, Optional<Long>> sequences,
        Content largeObjects,
        SortedMap<String, List<String>> history) {
    private static final int FORMAT = 1;

    /** How many there are, and a checksum over the first of them. */
    record Content(long count, String checksum) {}

    long rows() {
        return tables.values().stream().mapToLong(Content::count).sum();
    }

    /** Whether it tells of nothing, which is the same in every database that was named by mistake. */
    boolean isEmpty() {
        return tables.isEmpty() && largeObjects.count() == 0;
    }

    /** Reads one that an executor has written. */
    static Fingerprint parse(JsonNode json) {
        if (json.path("format").asInt() != FORMAT) {
            throw new IllegalArgumentException("expected format " + FORMAT + ", came " + json.path("format"));
        }
        SortedMap<String, Content> tables = new TreeMap<>();
        require(json, "tables")
                .fields()
                .forEachRemaining(table -> tables.put(table.getKey(), content(table.getValue(), "rows")));
        SortedMap<String, Optional<Long>> sequences = new TreeMap<>();
        require(json, "sequences")
                .fields()
                .forEachRemaining(sequence -> sequences.put(
                        sequence.getKey(),
                        sequence.getValue().isNull()
                                ? Optional.empty()
                                : Optional.of(sequence.getValue().asLong())));
        SortedMap<String, List<String>> history = new TreeMap<>();
        json.path("history").fields().forEachRemaining(tool -> history.put(tool.getKey(), lines(tool.getValue())));
        return new Fingerprint(
                json.path("database").asText(),
                json.path("serverVersion").asText(),
                tables,
                sequences,
                content(require(json, "largeObjects"), "count"),
                history);
    }

    private static Content content(JsonNode json, String count) {
        if (!json.path(count).isIntegralNumber() || !json.path("checksum").isTextual()) {
            throw new IllegalArgumentException("expected a '" + count + "' and a 'checksum', came " + json);
        }
        return new Content(json.path(count).asLong(), json.path("checksum").asText());
    }

    private static JsonNode require(JsonNode json, String key) {
        if (!json.path(key).isObject()) {
            throw new IllegalArgumentException("expected an object '" + key + "', came " + json.path(key));
        }
        return json.path(key);
    }

    private static List<String> lines(JsonNode entries) {
        List<String> lines = new ArrayList<>();
        entries.forEach(entry -> {
            List<String> parts = new ArrayList<>();
            entry.forEach(part -> parts.add(part.asText()));
            lines.add(String.join(" ", parts));
        });
        lines.sort(null);
        return lines;
    }

    /** Where the two differ, in words, the most telling first; nothing if they are the same. */
    List<String> differencesTo(Fingerprint found) {
        List<String> all = new ArrayList<>();
        compare(tables, found.tables, "table", Fingerprint::contents, all);
        history.forEach((tool, lines) -> {
            List<String> others = found.history.getOrDefault(tool, List.of());
            if (!lines.equals(others)) {
                all.add(tool + " has " + others.size() + " entries, not the " + lines.size() + " of the restore point");
            }
        });
        compare(sequences, found.sequences, "sequence", Fingerprint::values, all);
        if (!largeObjects.equals(found.largeObjects)) {
            all.add("large objects: " + contents(found.largeObjects, largeObjects));
        }
        return all;
    }

    private static <T> void compare(
            Map<String, T> taken, Map<String, T> found, String what, Words<T> words, List<String> all) {
        taken.forEach((name, expected) -> {
            T actual = found.get(name);
            if (actual == null) {
                all.add(what + " " + name + " is missing");
            } else if (!actual.equals(expected)) {
                all.add(what + " " + name + ": " + words.of(actual, expected));
            }
        });
        found.keySet().stream()
                .filter(name -> !taken.containsKey(name))
                .forEach(name -> all.add(what + " " + name + " is not in the restore point"));
    }

    private static String contents(Content actual, Content expected) {
        return actual.count() == expected.count()
                ? actual.count() + ", as many as in the restore point, but not the same"
                : actual.count() + ", not " + expected.count();
    }

    private static String values(Optional<Long> actual, Optional<Long> expected) {
        return "at " + actual.map(String::valueOf).orElse("its beginning") + ", not at "
                + expected.map(String::valueOf).orElse("its beginning");
    }

    private interface Words<T> {
        String of(T actual, T expected);
    }
}
