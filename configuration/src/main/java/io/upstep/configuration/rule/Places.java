package io.upstep.configuration.rule;

import io.upstep.configuration.document.Branch;
import io.upstep.configuration.document.Mapping;
import io.upstep.configuration.document.Path;
import io.upstep.configuration.document.Secrecy;
import io.upstep.configuration.document.Tree;
import io.upstep.configuration.report.Change;
import io.upstep.configuration.report.Kind;

/** Finds places in a tree, and puts things there. */
final class Places {
    private Places() {}

    /** What is there, or null. */
    static Tree at(Tree base, Path path) {
        Tree at = base;
        for (String segment : path.segments()) {
            at = at instanceof Branch branch ? branch.get(segment) : null;
            if (at == null) {
                return null;
            }
        }
        return at;
    }

    /** Whether something can be put there without anything else getting lost. */
    static boolean isFree(Tree base, Path path) {
        Tree there = at(base, path);
        return there == null ? reachable(base, path) : there.isNothing() && there.parent() != null;
    }

    /** Puts it at a place that is free, making the maps that lead there. */
    static void put(Tree base, Path path, Tree tree, Detached from, Bench bench, Words words) {
        Branch parent = parent(base, path, from, bench, words);
        Tree there = parent.get(path.last());
        Secrecy.hideAt(path, tree);
        if (there != null) {
            giveWay(there, bench, words);
            parent.replace(there, tree);
        } else {
            ((Mapping) parent)
                    .put(path.last(), tree, index(from, parent), from == null ? null : from.likeInOrPart(parent));
        }
    }

    private static boolean reachable(Tree base, Path path) {
        Tree at = base;
        for (String segment : path.parent().segments()) {
            Tree next = at instanceof Branch branch ? branch.get(segment) : null;
            if (next == null || next.isNothing()) {
                return at instanceof Mapping || next != null;
            }
            at = next;
        }
        return at instanceof Mapping;
    }

    private static Branch parent(Tree base, Path path, Detached from, Bench bench, Words words) {
        Branch at = (Branch) base;
        for (String segment : path.parent().segments()) {
            Tree next = at.get(segment);
            if (next == null) {
                next = new Mapping();
                ((Mapping) at).put(segment, next, index(from, at), from == null ? null : from.likeIn(at));
            } else if (next.isNothing() && !(next instanceof Mapping)) {
                Tree map = new Mapping();
                giveWay(next, bench, words);
                at.replace(next, map);
                next = map;
            } else if (next.isNothing()) {
                giveWay(next, bench, words);
                next.origins().clear();
                next.history().clear();
            }
            at = (Branch) next;
        }
        return at;
    }

    private static int index(Detached from, Branch parent) {
        return from == null ? -1 : from.indexIn(parent);
    }

    private static void giveWay(Tree nothing, Bench bench, Words words) {
        if (!nothing.origins().isEmpty()) {
            Change change = bench.note(Kind.REPLACED, nothing.path(), null, words);
            bench.gone(nothing, change);
        }
    }
}
