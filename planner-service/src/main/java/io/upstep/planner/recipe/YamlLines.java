package io.upstep.planner.recipe;

import java.io.StringReader;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Tells where in a YAML text the value at a JSON pointer stands, and how it is spelt there. */
final class YamlLines {
    private final Node root;

    YamlLines(String text) {
        this.root = compose(text);
    }

    /** The place of the value, or of the nearest parent there is. */
    Place of(String pointer) {
        Node node = nearest(pointer);
        return node == null ? Place.WHOLE_FILE : Place.of(node.getStartMark());
    }

    /** The place of the key itself, which for a value on lines of its own is another. */
    Place ofKey(String pointer) {
        int last = pointer.lastIndexOf('/');
        Node parent = nearest(last < 0 ? "" : pointer.substring(0, last));
        return entry(parent, Pointers.unescaped(pointer.substring(last + 1)))
                .map(entry -> Place.of(entry.getKeyNode().getStartMark()))
                .orElseGet(() -> of(pointer));
    }

    /** A value without quotes, letter by letter; empty if it has some, or is no single value. */
    Optional<String> plain(String pointer) {
        return nearest(pointer) instanceof ScalarNode scalar && scalar.getScalarStyle() == ScalarStyle.PLAIN
                ? Optional.of(scalar.getValue())
                : Optional.empty();
    }

    private Node nearest(String pointer) {
        Node node = root;
        for (String key : pointer.split("/")) {
            Node child = key.isEmpty() ? node : child(node, Pointers.unescaped(key));
            if (child == null) {
                break;
            }
            node = child;
        }
        return node;
    }

    private static Node compose(String text) {
        try {
            return new Yaml(new LoaderOptions()).compose(new StringReader(text));
        } catch (YAMLException e) {
            // Whoever reads the text reports this; without a tree there are only no lines to tell.
            return null;
        }
    }

    private static Node child(Node node, String key) {
        if (node instanceof SequenceNode sequence && key.matches("\\d{1,9}")) {
            int index = Integer.parseInt(key);
            return index < sequence.getValue().size() ? sequence.getValue().get(index) : null;
        }
        return entry(node, key).map(NodeTuple::getValueNode).orElse(null);
    }

    private static Optional<NodeTuple> entry(Node node, String key) {
        return node instanceof MappingNode mapping
                ? mapping.getValue().stream()
                        .filter(entry -> entry.getKeyNode() instanceof ScalarNode name
                                && name.getValue().equals(key))
                        .findFirst()
                : Optional.empty();
    }
}
