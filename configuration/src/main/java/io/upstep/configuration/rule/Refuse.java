package io.upstep.configuration.rule;

import io.upstep.configuration.document.Tree;
import io.upstep.configuration.report.Problem.Code;

/** Says that something must not be there. It stays: whoever wrote it decides. */
record Refuse(Pattern what, String remedy) implements Rule {

    @Override
    public void apply(Tree at, Bench bench, Words words) {
        what.find(at).stream()
                .map(Pattern.Match::tree)
                .forEach(part -> bench.problem(Code.REFUSED, part.path(), part, words.say(), remedy, words));
    }
}
