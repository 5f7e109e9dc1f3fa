package io.upstep.configuration.rule;

import io.upstep.configuration.document.Path;
import io.upstep.configuration.document.Tree;
import io.upstep.configuration.report.Kind;

/** Puts the same value at another place as well, if nothing is there yet. */
record Copy(Pattern from, Pattern to) implements Rule {

    @Override
    public void apply(Tree at, Bench bench, Words words) {
        from.find(at).forEach(match -> copy(match.tree(), to.filled(match.bound()), at, bench, words));
    }

    private static void copy(Tree part, Path to, Tree base, Bench bench, Words words) {
        if (!Places.isFree(base, to)) {
            return;
        }
        Tree copy = part.copy();
        Path now = new Transplant(base, Kind.COPIED, false, bench, words).absolute(to);
        Places.put(base, to, copy, null, bench, words);
        copy.touched(bench.note(Kind.COPIED, part.path(), now, words));
    }
}
