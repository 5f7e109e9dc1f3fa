package io.upstep.configuration.rule;

import io.upstep.configuration.document.Tree;

/** A rule with the condition under which it applies and the words that go with it. */
public record Guarded(Rule rule, Condition when, Words words) {

    public void apply(Tree at, Bench bench) {
        if (when.holds(at)) {
            rule.apply(at, bench, words);
        }
    }
}
