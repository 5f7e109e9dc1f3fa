package io.upstep.configuration.rule;

import io.upstep.configuration.document.Tree;
import io.upstep.configuration.report.Kind;

/** Takes a value to another place. */
record Move(Pattern from, Pattern to, boolean merge) implements Rule {

    @Override
    public void apply(Tree at, Bench bench, Words words) {
        Transplant transplant = new Transplant(at, Kind.MOVED, merge, bench, words);
        from.find(at).forEach(match -> transplant.move(match.tree(), to.filled(match.bound())));
    }
}
