package io.upstep.configuration.rule;

import io.upstep.configuration.document.Path;
import io.upstep.configuration.document.Tree;
import io.upstep.configuration.report.Change;
import io.upstep.configuration.report.Kind;

/** Takes values out, and tells where they belong now. */
record Remove(Pattern what) implements Rule {

    @Override
    public void apply(Tree at, Bench bench, Words words) {
        what.find(at).stream().map(Pattern.Match::tree).forEach(part -> remove(part, at, bench, words));
    }

    static void remove(Tree part, Tree base, Bench bench, Words words) {
        if (!Transplant.isIn(part, base)) {
            return;
        }
        if (words.secret()) {
            part.hide();
        }
        Path from = part.path();
        Detached detached = Detached.take(part, base);
        Change change = bench.note(Kind.REMOVED, from, null, words);
        bench.gone(part, change);
        new Transplant(base, Kind.REMOVED, false, bench, words).emptied(detached);
    }
}
