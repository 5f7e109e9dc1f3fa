package io.upstep.configuration.rule;

import com.fasterxml.jackson.databind.node.TextNode;
import io.upstep.configuration.document.Leaf;
import io.upstep.configuration.document.Path;
import io.upstep.configuration.document.Tree;
import io.upstep.configuration.report.Change;
import io.upstep.configuration.report.Kind;

/**
 * Divides a text in two.
 *
 * @param after only what stands behind the last occurrence of this is divided; null for all of it
 */
record Split(Pattern what, Pattern head, Pattern tail, String at, String after) implements Rule {

    @Override
    public void apply(Tree base, Bench bench, Words words) {
        what.find(base).stream()
                .filter(match -> match.tree() instanceof Leaf leaf && !leaf.isNothing())
                .forEach(match -> split(match, base, bench, words));
    }

    private void split(Pattern.Match match, Tree base, Bench bench, Words words) {
        Leaf leaf = (Leaf) match.tree();
        Path first = head.filled(match.bound());
        Path second = tail.filled(match.bound());
        int index = index(leaf.text());
        Transplant transplant = new Transplant(base, Kind.MOVED, false, bench, words);
        if (index < 0) {
            transplant.move(leaf, first);
        } else {
            divide(leaf, index, first, second, transplant);
        }
    }

    private void divide(Leaf leaf, int index, Path first, Path second, Transplant transplant) {
        Path from = leaf.path();
        Detached detached = Detached.take(leaf, transplant.base());
        if (!Places.isFree(transplant.base(), first) || !Places.isFree(transplant.base(), second)) {
            detached.putBack();
            transplant.conflict(leaf, Places.isFree(transplant.base(), first) ? second : first);
            return;
        }
        Change change = transplant.bench().note(Kind.CONVERTED, from, transplant.absolute(first), transplant.words());
        put(leaf, leaf.text().substring(0, index), first, detached, transplant, change);
        put(leaf, leaf.text().substring(index + at.length()), second, null, transplant, change);
        transplant.emptied(detached);
    }

    private static void put(Leaf from, String text, Path to, Detached detached, Transplant transplant, Change change) {
        Leaf part = from.become(TextNode.valueOf(text));
        part.touched(change);
        Places.put(transplant.base(), to, part, detached, transplant.bench(), transplant.words());
    }

    private int index(String text) {
        int index = text.lastIndexOf(at);
        return after != null && index < text.lastIndexOf(after) ? -1 : index;
    }
}
