package io.upstep.verifier.check.sql;

import io.upstep.verifier.check.sql.Fingerprint.Content;
import io.upstep.verifier.check.sql.SameDataCheck.Compare;
import io.upstep.verifier.cluster.NoAnswerException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Compares the tables of a live database, some or all, with those of a restore point. */
final class TableComparison {
    private final SameDataCheck.With with;
    private final SortedMap<String, Content> wanted = new TreeMap<>();
    private long rowsThen;
    private long rowsNow;

    TableComparison(SameDataCheck.With with, Fingerprint taken) {
        this.with = with;
        for (String asked : with.tables()) {
            if (taken.tables().keySet().stream().noneMatch(table -> isMeant(asked, table))) {
                throw new NoAnswerException("expected a table " + asked + " in restore point " + with.name()
                        + ", and there is none: nothing to compare it with");
            }
        }
        taken.tables().forEach((table, content) -> {
            if (with.tables().isEmpty() ? !isAmong(with.ignore(), table) : isAmong(with.tables(), table)) {
                wanted.put(table, content);
            }
        });
        if (wanted.isEmpty()) {
            throw new NoAnswerException("restore point " + with.name() + " has no table to compare");
        }
    }

    List<String> differences(Connection connection) throws SQLException {
        SortedMap<String, String> live = Catalogue.tables(connection);
        Fingerprinter fingerprinter = new Fingerprinter(connection);
        List<String> differences = new ArrayList<>();
        for (Map.Entry<String, Content> table : wanted.entrySet()) {
            String now = nameNow(table.getKey());
            if (live.containsKey(now)) {
                compare(now, live.get(now), table.getValue(), fingerprinter, differences);
            } else {
                differences.add("table " + now + " is missing");
            }
        }
        return differences;
    }

    private void compare(
            String name, String quoted, Content then, Fingerprinter fingerprinter, List<String> differences)
            throws SQLException {
        long rows = fingerprinter.rows(quoted);
        rowsThen += then.count();
        rowsNow += rows;
        boolean enough = with.compare() == Compare.ROWS ? rows >= then.count() : rows == then.count();
        if (!enough) {
            differences.add("table " + name + " has " + rows + " rows, not " + then.count());
        } else if (with.compare() == Compare.CHECKSUMS
                && !fingerprinter.checksum(quoted).equals(then.checksum())) {
            differences.add("table " + name + " has as many rows, but not the same");
        }
    }

    /** What was compared, once it was. */
    String summary() {
        return wanted.size() + " tables with " + rowsNow + " rows; the restore point has " + rowsThen;
    }

    private String nameNow(String table) {
        return with.renamed().entrySet().stream()
                .filter(renamed -> isMeant(renamed.getKey(), table))
                .map(renamed -> renamed.getValue().contains(".")
                        ? renamed.getValue()
                        : table.substring(0, table.indexOf('.') + 1) + renamed.getValue())
                .findFirst()
                .orElse(table);
    }

    private static boolean isAmong(Collection<String> asked, String table) {
        return asked.stream().anyMatch(name -> isMeant(name, table));
    }

    private static boolean isMeant(String asked, String table) {
        return table.equals(asked) || table.endsWith("." + asked);
    }
}
