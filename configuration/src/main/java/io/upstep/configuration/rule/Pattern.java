package io.upstep.configuration.rule;

import io.upstep.configuration.document.Branch;
import io.upstep.configuration.document.Items;
import io.upstep.configuration.document.Mapping;
import io.upstep.configuration.document.Path;
import io.upstep.configuration.document.Tree;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * A path with wildcards: {@code *} stands for any one key or list element, {@code **} for any depth.
 *
 * @param text as the rule writes it
 */
public record Pattern(String text, List<String> segments) {
    private static final String ONE = "*";
    private static final String ANY = "**";

    public static Pattern of(String text) {
        List<String> segments = Path.of(text).segments();
        if (segments.stream().anyMatch(String::isEmpty)) {
            throw new IllegalArgumentException("expected keys joined by single dots, came '" + text + "'");
        }
        return new Pattern(text, segments);
    }

    public boolean hasWildcard() {
        return segments.stream().anyMatch(Pattern::isWildcard);
    }

    boolean endsInWildcard() {
        return isWildcard(last());
    }

    String last() {
        return segments.get(segments.size() - 1);
    }

    /** All but the last key; null if there is only one. */
    Pattern parent() {
        List<String> parent = segments.subList(0, segments.size() - 1);
        return parent.isEmpty() ? null : new Pattern(text, parent);
    }

    long wildcards() {
        return segments.stream().filter(Pattern::isWildcard).count();
    }

    /** All parts of a tree that match, in its order, as it is now. */
    public List<Match> find(Tree tree) {
        List<Match> found = new ArrayList<>();
        search(tree, 0, new ArrayList<>(), new ArrayList<>(), found);
        return found;
    }

    /** The path with each wildcard replaced by what it stood for. */
    Path filled(List<List<String>> bound) {
        Iterator<List<String>> next = bound.iterator();
        List<String> filled = new ArrayList<>();
        for (String segment : segments) {
            if (isWildcard(segment)) {
                filled.addAll(next.next());
            } else {
                filled.add(segment);
            }
        }
        return new Path(filled);
    }

    private void search(Tree at, int index, List<String> walked, List<List<String>> bound, List<Match> found) {
        if (index == segments.size()) {
            found.add(new Match(new Path(walked), List.copyOf(bound), at));
            return;
        }
        String segment = segments.get(index);
        if (segment.equals(ANY)) {
            searchAnyDepth(at, index, walked, bound, new ArrayList<>(), found);
        } else if (segment.equals(ONE)) {
            children(at).forEach(child -> step(child, index, walked, with(bound, List.of(child.name())), found));
        } else if (at instanceof Branch branch && branch.get(segment) != null) {
            step(new Child(segment, branch.get(segment)), index, walked, bound, found);
        }
    }

    private void searchAnyDepth(
            Tree at,
            int index,
            List<String> walked,
            List<List<String>> bound,
            List<String> skipped,
            List<Match> found) {
        if (index + 1 < segments.size() || !skipped.isEmpty()) {
            search(at, index + 1, walked, with(bound, List.copyOf(skipped)), found);
        }
        for (Child child : children(at)) {
            searchAnyDepth(
                    child.tree(), index, longer(walked, child.name()), bound, longer(skipped, child.name()), found);
        }
    }

    private void step(Child child, int index, List<String> walked, List<List<String>> bound, List<Match> found) {
        search(child.tree(), index + 1, longer(walked, child.name()), bound, found);
    }

    private static List<Child> children(Tree at) {
        List<Child> children = new ArrayList<>();
        if (at instanceof Mapping mapping) {
            Iterator<Tree> values = mapping.children().iterator();
            mapping.names().forEach(name -> children.add(new Child(name, values.next())));
        } else if (at instanceof Items items) {
            items.children().forEach(item -> children.add(new Child(String.valueOf(children.size()), item)));
        }
        return children;
    }

    private static boolean isWildcard(String segment) {
        return segment.equals(ONE) || segment.equals(ANY);
    }

    private static <T> List<T> with(List<T> list, T item) {
        List<T> longer = new ArrayList<>(list);
        longer.add(item);
        return longer;
    }

    private static List<String> longer(List<String> list, String item) {
        return with(list, item);
    }

    @Override
    public String toString() {
        return text;
    }

    private record Child(String name, Tree tree) {}

    /**
     * A part that matches.
     *
     * @param path from where the search began
     * @param bound what each wildcard stood for
     */
    public record Match(Path path, List<List<String>> bound, Tree tree) {}
}
