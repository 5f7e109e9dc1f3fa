package io.upstep.configuration.rule;

import com.fasterxml.jackson.databind.node.TextNode;
import io.upstep.configuration.document.Items;
import io.upstep.configuration.document.Mapping;
import io.upstep.configuration.document.Path;
import io.upstep.configuration.document.Tree;
import io.upstep.configuration.document.Trees;
import io.upstep.configuration.report.Kind;
import io.upstep.configuration.report.Problem.Code;
import java.util.Optional;

/**
 * Makes a list of the maps in a map, each with the key it stood under.
 *
 * @param name what that key is called in each of them
 */
record Listed(Pattern what, String name) implements Rule {

    @Override
    public void apply(Tree at, Bench bench, Words words) {
        what.find(at).stream()
                .map(Pattern.Match::tree)
                .filter(part -> part instanceof Mapping map && !map.isEmpty() && map.parent() != null)
                .forEach(part -> list((Mapping) part, bench, words));
    }

    private void list(Mapping map, Bench bench, Words words) {
        Optional<String> odd =
                map.names().stream().filter(key -> !takes(map.get(key), key)).findFirst();
        if (odd.isPresent()) {
            bench.problem(
                    Code.NOT_CONVERTIBLE,
                    map.path().child(odd.get()),
                    map.get(odd.get()),
                    "Expected a map without another '" + name
                            + "', to make an element of a list of it; came something else.",
                    "Write it as a map, and leave '" + name + "' out of it.",
                    words);
            return;
        }
        Items items = new Items();
        Path from = map.path();
        map.parent().replace(map, items);
        map.names().forEach(key -> add(key, map, from, items, bench, words));
    }

    private void add(String key, Mapping map, Path from, Items items, Bench bench, Words words) {
        Mapping part = (Mapping) map.get(key);
        map.remove(map.indexOf(part));
        items.add(part);
        if (part.isEmpty()) {
            bench.gone(part, bench.note(Kind.REPLACED, from.child(key), null, words));
            part.origins().clear();
        }
        part.touched(bench.note(Kind.MOVED, from.child(key), part.path(), words));
        if (part.get(name) == null) {
            Tree fresh = Trees.of(TextNode.valueOf(key));
            part.put(name, fresh, 0);
            fresh.touched(bench.note(Kind.SET, null, fresh.path(), words));
        }
    }

    private boolean takes(Tree part, String key) {
        return part instanceof Mapping map
                && (map.get(name) == null || map.get(name).json().equals(TextNode.valueOf(key)));
    }
}
