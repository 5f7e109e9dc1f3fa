package io.upstep.configuration.rule;

import com.fasterxml.jackson.databind.node.TextNode;
import io.upstep.configuration.document.Items;
import io.upstep.configuration.document.Leaf;
import io.upstep.configuration.document.Mapping;
import io.upstep.configuration.document.Path;
import io.upstep.configuration.document.Tree;
import io.upstep.configuration.report.Change;
import io.upstep.configuration.report.Kind;
import java.util.List;

/**
 * Puts several values together in one place.
 *
 * @param with what stands between texts; null if texts are not joined
 * @param distinct whether an element equal to an earlier one is dropped
 */
record Merge(List<Pattern> sources, Path to, String with, boolean distinct) implements Rule {

    @Override
    public void apply(Tree at, Bench bench, Words words) {
        Transplant transplant = new Transplant(at, Kind.MOVED, true, bench, words);
        sources.stream()
                .flatMap(source -> source.find(at).stream())
                .map(Pattern.Match::tree)
                .filter(part -> Transplant.isIn(part, at))
                .forEach(part -> merge(part, transplant));
    }

    private void merge(Tree part, Transplant transplant) {
        Tree there = Places.at(transplant.base(), to);
        if (part == there) {
            return;
        }
        if (there == null || there.isNothing() || there instanceof Mapping || part instanceof Mapping) {
            transplant.move(part, to);
        } else if (there instanceof Items || part instanceof Items) {
            append(part, list(there), transplant);
        } else if (with != null) {
            join((Leaf) there, (Leaf) part, transplant);
        } else {
            transplant.move(part, to);
        }
    }

    private void append(Tree part, Items list, Transplant transplant) {
        Path from = part.path();
        Detached detached = Detached.take(part, transplant.base());
        Change change = transplant.bench().note(Kind.MOVED, from, list.path(), transplant.words());
        if (part instanceof Items items && !items.isEmpty()) {
            items.children().forEach(item -> {
                items.remove(items.indexOf(item));
                add(item, list, change);
            });
        } else if (part.isNothing()) {
            transplant.bench().gone(part, replaced(from, transplant));
        } else {
            add(part, list, change);
        }
        transplant.emptied(detached);
    }

    private static Change replaced(Path from, Transplant transplant) {
        return transplant.bench().note(Kind.REPLACED, from, null, transplant.words());
    }

    private void add(Tree item, Items list, Change change) {
        Tree twin = list.children().stream()
                .filter(other -> distinct && other.json().equals(item.json()))
                .findFirst()
                .orElse(null);
        if (twin != null) {
            twin.absorb(item, change);
            return;
        }
        list.add(item);
        item.touched(change);
    }

    private static Items list(Tree there) {
        if (there instanceof Items items) {
            return items;
        }
        Items items = new Items();
        there.parent().replace(there, items);
        items.add(there);
        return items;
    }

    private void join(Leaf there, Leaf part, Transplant transplant) {
        Path from = part.path();
        Detached detached = Detached.take(part, transplant.base());
        Leaf joined = there.become(TextNode.valueOf(there.text() + with + part.text()));
        joined.origins().addAll(part.origins());
        if (part.isSecret()) {
            joined.hide();
        }
        there.parent().replace(there, joined);
        joined.touched(transplant.bench().note(Kind.CONVERTED, from, joined.path(), transplant.words()));
        transplant.emptied(detached);
    }
}
