package io.upstep.configuration.rule;

import io.upstep.configuration.document.Tree;
import io.upstep.configuration.report.Kind;

/** Tells something about values that stay as they are. */
record Note(Pattern what) implements Rule {

    @Override
    public void apply(Tree at, Bench bench, Words words) {
        what.find(at).stream()
                .map(Pattern.Match::tree)
                .forEach(part -> part.touched(bench.note(Kind.NOTED, part.path(), part.path(), words)));
    }
}
