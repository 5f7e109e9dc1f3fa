package io.upstep.configuration.document;

import java.util.List;
import org.snakeyaml.engine.v2.comments.CommentLine;
import org.snakeyaml.engine.v2.nodes.Node;

/** The comments that stand with a key or a value. */
record Remarks(List<CommentLine> before, List<CommentLine> beside, List<CommentLine> after) {
    static final Remarks NONE = new Remarks(null, null, null);

    static Remarks of(Node node) {
        return new Remarks(node.getBlockComments(), node.getInLineComments(), node.getEndComments());
    }

    <N extends Node> N on(N node) {
        node.setBlockComments(before);
        node.setInLineComments(beside);
        node.setEndComments(after);
        return node;
    }
}
