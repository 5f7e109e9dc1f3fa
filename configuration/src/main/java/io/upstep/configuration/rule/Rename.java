package io.upstep.configuration.rule;

import io.upstep.configuration.document.Mapping;
import io.upstep.configuration.document.Path;
import io.upstep.configuration.document.Secrecy;
import io.upstep.configuration.document.Tree;
import io.upstep.configuration.report.Kind;

/** Gives keys another name, in their place. */
record Rename(Pattern keys, String to) implements Rule {

    @Override
    public void apply(Tree at, Bench bench, Words words) {
        keys.find(at).forEach(match -> rename(match.tree(), at, bench, words));
    }

    private void rename(Tree part, Tree base, Bench bench, Words words) {
        if (!(part.parent() instanceof Mapping parent) || !Transplant.isIn(part, base)) {
            return;
        }
        Path from = part.path();
        if (from.last().equals(to)) {
            return;
        }
        if (parent.get(to) == null) {
            parent.rename(part, to);
            Secrecy.hideAt(part.path(), part);
            part.touched(bench.note(Kind.RENAMED, from, part.path(), words));
        } else {
            new Transplant(parent, Kind.RENAMED, false, bench, words).move(part, Path.ROOT.child(to));
        }
    }
}
