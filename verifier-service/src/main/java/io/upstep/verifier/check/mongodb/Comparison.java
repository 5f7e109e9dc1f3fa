package io.upstep.verifier.check.mongodb;

import io.upstep.verifier.check.mongodb.SameDataCheck.Compare;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What differs between live databases and what was noted of them. */
record Comparison(SameDataCheck.With with, DataNote note, Contents live) {

    List<String> differences() {
        Set<String> are = live.collections(note.databases());
        List<String> differences = new ArrayList<>();
        note.collections().forEach((name, was) -> {
            if (!with.ignore().contains(name)) {
                (are.contains(name) ? difference(name, was) : missing(name, was)).ifPresent(differences::add);
            }
        });
        if (with.compare() != Compare.AT_LEAST) {
            Set<String> come = new TreeSet<>(are);
            come.removeAll(note.collections().keySet());
            come.removeAll(with.ignore());
            come.forEach(name -> differences.add(name + " was not there"));
        }
        return differences;
    }

    /** In MongoDB a collection without documents is hardly there at all. */
    private static Optional<String> missing(String name, DataNote.Collection was) {
        return was.count() == 0 ? Optional.empty() : Optional.of(name + " is missing, it had " + was.count());
    }

    private Optional<String> difference(String name, DataNote.Collection was) {
        long count = live.count(name);
        boolean enough = with.compare() == Compare.AT_LEAST ? count >= was.count() : count == was.count();
        if (!enough) {
            return Optional.of(name + " has " + count + " documents, had " + was.count());
        }
        return with.compare() == Compare.CHECKSUMS
                        && !live.md5(name, was.sampled()).equals(was.md5())
                ? Optional.of(name + " has other documents among its first " + was.sampled())
                : Optional.empty();
    }
}
