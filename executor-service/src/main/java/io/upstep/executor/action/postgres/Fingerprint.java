package io.upstep.executor.action.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * What is in a database, in so few words that two can be compared: nothing of it is data.
 *
 * @param tables by {@code schema.table}
 * @param sequences the last value by {@code schema.sequence}; null where it was never asked for one
 * @param history which migrations have run, where a framework keeps a table of them
 */
record Fingerprint(
        Map<String, Table> tables,
        Map<String, Long> sequences,
        LargeObjects largeObjects,
        Map<String, List<List<String>>> history) {

    /** @param checksum over the first thousand rows, in the order of their own checksums */
    record Table(long rows, String checksum) {}

    record LargeObjects(long count, String checksum) {}

    /** Where the other one differs, for people; nothing if it does not. */
    List<String> differences(Fingerprint other) {
        List<String> found = new ArrayList<>();
        compare("table", tables, other.tables, found);
        compare("sequence", sequences, other.sequences, found);
        if (!largeObjects.equals(other.largeObjects)) {
            found.add("large objects: " + largeObjects + " became " + other.largeObjects);
        }
        compare("history", history, other.history, found);
        return found;
    }

    private static <T> void compare(String what, Map<String, T> before, Map<String, T> after, List<String> found) {
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            if (!after.containsKey(name)) {
                found.add(what + " " + name + " is missing");
            } else if (!before.containsKey(name)) {
                found.add(what + " " + name + " was not there");
            } else if (!Objects.equals(before.get(name), after.get(name))) {
                found.add(what + " " + name + difference(before.get(name), after.get(name)));
            }
        }
    }

    private static String difference(Object before, Object after) {
        if (before instanceof Table was && after instanceof Table is) {
            return was.rows() == is.rows()
                    ? ": " + was.rows() + " rows with another content"
                    : ": " + was.rows() + " rows became " + is.rows();
        }
        return before instanceof List<?> was && after instanceof List<?> is
                ? ": " + was.size() + " entries became " + is.size() + ", or others"
                : ": " + before + " became " + after;
    }
}
