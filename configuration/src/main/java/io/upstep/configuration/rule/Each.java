package io.upstep.configuration.rule;

import io.upstep.configuration.document.Branch;
import io.upstep.configuration.document.Items;
import io.upstep.configuration.document.Path;
import io.upstep.configuration.document.Tree;
import io.upstep.configuration.report.Kind;
import java.util.List;

/** Applies rules to parts of the document, each as if it were one. */
record Each(Pattern what, List<Guarded> rules) implements Rule {

    @Override
    public void apply(Tree at, Bench bench, Words words) {
        what.find(at).stream()
                .map(Pattern.Match::tree)
                .filter(part -> part instanceof Branch branch && !branch.isEmpty())
                .forEach(part -> apply((Branch) part, at, bench, words));
    }

    private void apply(Branch part, Tree base, Bench bench, Words words) {
        if (!Transplant.isIn(part, base)) {
            return;
        }
        rules.forEach(rule -> rule.apply(part, bench));
        if (part.isEmpty() && part.parent() instanceof Items) {
            Path path = part.path();
            part.touched(bench.note(Kind.EMPTIED, path, path, words));
        } else if (part.isEmpty()) {
            Detached detached = Detached.take(part, base);
            new Transplant(base, Kind.REMOVED, false, bench, words).emptied(detached);
        }
    }
}
