package io.upstep.configuration.rule;

import io.upstep.configuration.document.Mapping;
import io.upstep.configuration.document.Path;
import io.upstep.configuration.document.Tree;
import io.upstep.configuration.report.Change;
import io.upstep.configuration.report.Kind;

/**
 * Takes a part of a document to another place, or leaves it where it is and says so.
 *
 * @param base what paths count from
 * @param kind what to call it
 * @param merge whether maps are put together key by key
 */
record Transplant(Tree base, Kind kind, boolean merge, Bench bench, Words words) {

    void move(Tree part, Path to) {
        Tree there = Places.at(base, to);
        if (there == part || !isIn(part, base)) {
            return;
        }
        if (words.secret()) {
            part.hide();
        }
        if (merge && isFilledMap(there) && isFilledMap(part) && !isIn(there, part)) {
            Mapping source = (Mapping) part;
            source.names().forEach(name -> move(source.get(name), to.child(name)));
        } else {
            relocate(part, to);
        }
    }

    private void relocate(Tree part, Path to) {
        Path from = part.path();
        Detached detached = Detached.take(part, base);
        Tree there = Places.at(base, to);
        if (Places.isFree(base, to)) {
            Change change = bench.note(kind, from, absolute(to), words);
            Places.put(base, to, part, detached, bench, words);
            part.touched(change);
            emptied(detached);
        } else if (there != null && there.json().equals(part.json())) {
            there.absorb(part, bench.note(kind, from, absolute(to), words));
            emptied(detached);
        } else {
            detached.putBack();
            conflict(part, to);
        }
    }

    void conflict(Tree part, Path to) {
        part.touched(bench.note(Kind.CONFLICT, part.path(), absolute(to), words));
        bench.conflict(
                part,
                absolute(to),
                "Expected '" + absolute(to) + "', where this belongs now, to be free or the same; came something else.",
                "Both were left as they are: keep one of the two, and migrate again.",
                words);
    }

    /** Notes that an element of a list has nothing in it any more: it stays, because the others are counted. */
    void emptied(Detached detached) {
        if (detached.leftEmpty() != null && detached.leftEmpty().isEmpty()) {
            Path at = detached.leftEmpty().path();
            detached.leftEmpty().touched(bench.note(Kind.EMPTIED, at, at, words));
        }
    }

    Path absolute(Path relative) {
        Path path = base.path();
        for (String segment : relative.segments()) {
            path = path.child(segment);
        }
        return path;
    }

    static boolean isIn(Tree part, Tree base) {
        for (Tree at = part; at != null; at = at.parent()) {
            if (at == base) {
                return true;
            }
        }
        return false;
    }

    private static boolean isFilledMap(Tree tree) {
        return tree instanceof Mapping mapping && !mapping.isEmpty();
    }
}
