package io.upstep.configuration.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.configuration.document.Branch;
import io.upstep.configuration.document.Leaf;
import io.upstep.configuration.document.Path;
import io.upstep.configuration.document.Secrecy;
import io.upstep.configuration.document.Tree;
import io.upstep.configuration.document.Trees;
import io.upstep.configuration.report.Change;
import io.upstep.configuration.report.Kind;
import io.upstep.configuration.report.Problem.Code;
import java.util.List;

/**
 * Puts a new value somewhere.
 *
 * @param kind what to call it
 * @param overwrite whether what is there gives way; otherwise it only goes where nothing is
 */
record Put(Pattern where, JsonNode value, Kind kind, boolean overwrite) implements Rule {

    @Override
    public void apply(Tree at, Bench bench, Words words) {
        if (!where.hasWildcard()) {
            put(at, where.filled(List.of()), bench, words);
            return;
        }
        where.parent().find(at).stream()
                .map(Pattern.Match::tree)
                .filter(Branch.class::isInstance)
                .forEach(parent -> put(parent, Path.ROOT.child(where.last()), bench, words));
    }

    private void put(Tree base, Path to, Bench bench, Words words) {
        Tree there = Places.at(base, to);
        if (there == null) {
            add(base, to, bench, words);
        } else if (overwrite && !there.json().equals(value)) {
            replace(there, bench, words);
        }
    }

    private void add(Tree base, Path to, Bench bench, Words words) {
        Path now = new Transplant(base, kind, false, bench, words).absolute(to);
        if (!Places.isFree(base, to)) {
            bench.problem(
                    Code.CONFLICT,
                    now,
                    base,
                    "Expected a map around '" + now + "', so that it can be written; came something else.",
                    "Write what leads there as maps.",
                    words);
            return;
        }
        Tree fresh = fresh(words);
        Places.put(base, to, fresh, null, bench, words);
        fresh.touched(bench.note(kind, null, now, words));
    }

    private void replace(Tree there, Bench bench, Words words) {
        Path at = there.path();
        Change change = bench.note(kind, at, at, words);
        Tree fresh = there instanceof Leaf old && value.isValueNode() ? old.become(value) : fresh(words);
        if (!(fresh instanceof Leaf) || !(there instanceof Leaf)) {
            bench.gone(there, bench.note(Kind.REPLACED, at, null, words));
        }
        there.parent().replace(there, fresh);
        Secrecy.hideAt(at, fresh);
        fresh.touched(change);
    }

    private Tree fresh(Words words) {
        Tree fresh = Trees.of(value);
        if (words.secret()) {
            fresh.hide();
        }
        return fresh;
    }
}
