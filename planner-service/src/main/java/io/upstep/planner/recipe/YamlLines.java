package io.upstep.planner.recipe;

import java.io.StringReader;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Tells on which line of a YAML text the value at a JSON pointer stands. */
final class YamlLines {
    private final Node root;

    YamlLines(String text) {
        this.root = compose(text);
    }

    /** The line, or that of the nearest parent there is; 0 for an empty text. */
    int of(String pointer) {
        Node node = root;
        for (String key : pointer.split("/")) {
            Node child =
                    key.isEmpty() ? node : child(node, key.replace("~1", "/").replace("~0", "~"));
            if (child == null) {
                break;
            }
            node = child;
        }
        return node == null ? 0 : node.getStartMark().getLine() + 1;
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
        if (node instanceof MappingNode mapping) {
            return mapping.getValue().stream()
                    .filter(entry -> entry.getKeyNode() instanceof ScalarNode name
                            && name.getValue().equals(key))
                    .map(NodeTuple::getValueNode)
                    .findFirst()
                    .orElse(null);
        }
        if (node instanceof SequenceNode sequence && key.matches("\\d{1,9}")) {
            int index = Integer.parseInt(key);
            return index < sequence.getValue().size() ? sequence.getValue().get(index) : null;
        }
        return null;
    }
}
