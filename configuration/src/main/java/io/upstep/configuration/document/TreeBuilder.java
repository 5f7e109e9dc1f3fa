package io.upstep.configuration.document;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.NodeType;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Builds the tree. Aliases and merge keys are written out: what they mean is not what a moved value should share. */
final class TreeBuilder {
    private static final String MERGE = "<<";

    private final List<String> notes = new ArrayList<>();
    private int values;
    private boolean indentedLists;

    Mapping root(Node node) {
        if (!(node instanceof MappingNode mapping)) {
            throw new UnreadableException(
                    line(node),
                    "a map, such as 'key: value'",
                    node.getNodeType() == NodeType.SEQUENCE ? "a list" : "a text");
        }
        return mapping(mapping, 1);
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    Document.Spelling spelling() {
        return new Document.Spelling(indentedLists);
    }

    private Tree tree(Node node, int depth) {
        Bounds.enough(++values, line(node));
        if (depth > Bounds.DEPTH) {
            throw new UnreadableException(
                    line(node), "maps and lists at most " + Bounds.DEPTH + " deep", "deeper ones");
        }
        if (node.getAnchor().isPresent()) {
            note("Anchors and aliases are written out: each place has its own copy now.");
        }
        Tree tree = node instanceof MappingNode mapping
                ? mapping(mapping, depth)
                : node instanceof SequenceNode sequence ? items(sequence, depth) : scalar((ScalarNode) node);
        tree.line(line(node));
        return tree;
    }

    private static Leaf scalar(ScalarNode node) {
        return new Leaf(node.getValue(), node.getScalarStyle(), Remarks.of(node));
    }

    private Items items(SequenceNode node, int depth) {
        Items items = new Items(node.getFlowStyle(), Remarks.of(node));
        node.getValue().forEach(item -> items.add(tree(item, depth + 1)));
        return items;
    }

    private Mapping mapping(MappingNode node, int depth) {
        Mapping mapping = new Mapping(node.getFlowStyle(), Remarks.of(node));
        Set<String> seen = new HashSet<>();
        List<NodeTuple> merges = new ArrayList<>();
        for (NodeTuple tuple : node.getValue()) {
            ScalarNode key = key(tuple.getKeyNode());
            if (key.getValue().equals(MERGE) && key.isPlain()) {
                merges.add(tuple);
            } else {
                add(mapping, seen, key, tuple.getValueNode(), depth);
            }
        }
        merges.forEach(merge -> inherit(mapping, seen, merge.getValueNode(), depth));
        return mapping;
    }

    private void add(Mapping mapping, Set<String> seen, ScalarNode key, Node value, int depth) {
        if (!seen.add(key.getValue())) {
            throw new UnreadableException(
                    line(key), "every key of a map once", "'" + shown(key.getValue()) + "' a second time");
        }
        if (value instanceof SequenceNode list
                && list.getFlowStyle() == FlowStyle.BLOCK
                && column(list) > column(key)) {
            indentedLists = true;
        }
        Tree tree = tree(value, depth + 1);
        mapping.put(new Key(key.getValue(), key.getScalarStyle(), Remarks.of(key)), tree, -1);
    }

    /** What a map says itself goes before what it inherits, and an earlier ancestor before a later one. */
    private void inherit(Mapping mapping, Set<String> seen, Node from, int depth) {
        note("Merge keys (<<) are written out.");
        if (from instanceof SequenceNode several) {
            several.getValue().forEach(one -> inherit(mapping, seen, one, depth + 1));
            return;
        }
        if (!(from instanceof MappingNode map) || depth > Bounds.DEPTH) {
            throw new UnreadableException(line(from), "a map to be merged by '<<'", "something else");
        }
        Mapping inherited = mapping(map, depth + 1);
        for (String name : inherited.names()) {
            Bounds.enough(++values, line(from));
            if (seen.add(name)) {
                Tree value = inherited.get(name);
                mapping.put(name, inherited.take(inherited.indexOf(value)).value(), -1);
            }
        }
    }

    private static ScalarNode key(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar;
        }
        throw new UnreadableException(
                line(node), "a text as key", "a map or a list: put a template such as {{ name }} into quotes,");
    }

    private void note(String note) {
        if (!notes.contains(note)) {
            notes.add(note);
        }
    }

    private static String shown(String key) {
        return key.length() > 60 ? key.substring(0, 60) + "…" : key;
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }

    private static int column(Node node) {
        return node.getStartMark().map(mark -> mark.getColumn()).orElse(0);
    }
}
