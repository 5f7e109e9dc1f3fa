package io.upstep.configuration.rule;

import io.upstep.configuration.document.Branch;
import io.upstep.configuration.document.Items;
import io.upstep.configuration.document.Mapping;
import io.upstep.configuration.document.Path;
import io.upstep.configuration.document.Secrecy;
import io.upstep.configuration.document.Tree;
import io.upstep.configuration.report.Kind;
import java.util.List;

/**
 * Puts a value into a list or a map of its own.
 *
 * @param key its name in the map; null for a list
 */
record Wrap(Pattern what, String key) implements Rule {

    @Override
    public void apply(Tree at, Bench bench, Words words) {
        what.find(at).stream()
                .map(Pattern.Match::tree)
                .filter(part -> !part.isNothing() && !isWrapped(part))
                .forEach(part -> wrap(part, bench, words));
    }

    private void wrap(Tree part, Bench bench, Words words) {
        Path from = part.path();
        Branch around = key == null ? new Items() : new Mapping();
        part.parent().replace(part, around);
        if (around instanceof Mapping mapping) {
            mapping.put(key, part, -1);
        } else {
            ((Items) around).add(part);
        }
        Secrecy.hideAt(part.path(), part);
        part.touched(bench.note(Kind.MOVED, from, part.path(), words));
    }

    private boolean isWrapped(Tree part) {
        return key == null
                ? part instanceof Items
                : part instanceof Mapping mapping && mapping.names().equals(List.of(key));
    }
}
