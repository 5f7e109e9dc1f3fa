package io.upstep.configuration.document;

import java.util.List;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Present;
import org.snakeyaml.engine.v2.api.lowlevel.Serialize;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/** Writes a tree as YAML, each scalar as it was spelt. */
final class YamlWriter {
    private static final String HIDDEN = "***";

    private final Document.Spelling spelling;
    private final boolean comments;
    private boolean masked;

    YamlWriter(Document.Spelling spelling, boolean comments) {
        this.spelling = spelling;
        this.comments = comments;
    }

    YamlWriter masked() {
        masked = true;
        return this;
    }

    String write(Mapping root) {
        DumpSettings settings = DumpSettings.builder()
                .setSchema(new FailsafeSchema())
                .setDumpComments(comments)
                .setSplitLines(false)
                .setDereferenceAliases(true)
                .setMaxSimpleKeyLength(1024)
                .setIndent(2)
                .setIndicatorIndent(spelling.indentedLists() ? 2 : 0)
                .setIndentWithIndicator(spelling.indentedLists())
                .build();
        return new Present(settings)
                .emitToString(
                        new Serialize(settings).serializeOne(node(root, false)).iterator());
    }

    private Node node(Tree tree, boolean inFlow) {
        if (tree instanceof Mapping mapping) {
            FlowStyle flow = style(mapping);
            boolean below = inFlow || flow == FlowStyle.FLOW;
            List<NodeTuple> tuples = mapping.slots().stream()
                    .map(slot -> new NodeTuple(key(slot.key()), node(slot.value(), below)))
                    .toList();
            return dressed(mapping.remarks(), new MappingNode(Tag.MAP, tuples, flow));
        }
        if (tree instanceof Items items) {
            FlowStyle flow = style(items);
            boolean below = inFlow || flow == FlowStyle.FLOW;
            List<Node> nodes =
                    items.children().stream().map(child -> node(child, below)).toList();
            return dressed(items.remarks(), new SequenceNode(Tag.SEQ, nodes, flow));
        }
        return scalar((Leaf) tree, inFlow);
    }

    private Node scalar(Leaf leaf, boolean inFlow) {
        if (masked && leaf.isSecret()) {
            return new ScalarNode(Tag.STR, HIDDEN, ScalarStyle.DOUBLE_QUOTED);
        }
        boolean bare = leaf.text().isEmpty() && leaf.style() == ScalarStyle.PLAIN;
        // Even this schema knows one word besides text: the one that is not there.
        Tag tag = bare && !inFlow ? Tag.NULL : Tag.STR;
        return dressed(leaf.remarks(), new ScalarNode(tag, bare && inFlow ? "null" : leaf.text(), leaf.style()));
    }

    private Node key(Key key) {
        return dressed(key.remarks(), new ScalarNode(Tag.STR, key.text(), key.style()));
    }

    private Node dressed(Remarks remarks, Node node) {
        return comments ? remarks.on(node) : node;
    }

    private static FlowStyle style(Branch branch) {
        return branch.isEmpty() ? FlowStyle.FLOW : branch.flow();
    }
}
