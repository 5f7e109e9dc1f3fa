package io.upstep.configuration.document;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/** Reads YAML strictly, and says in which line it is not what it should be. Never quotes the text: it may hold secrets. */
final class YamlReader {
    private final String text;

    YamlReader(String text) {
        this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    Document read() {
        try {
            Bounds.check(text);
            return document(compose());
        } catch (MarkedYamlEngineException e) {
            Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
            throw new UnreadableException(
                    mark.map(m -> m.getLine() + 1).orElse(0), "valid YAML", "something else (" + reason(e) + ")");
        } catch (YamlEngineException e) {
            throw new UnreadableException(0, "valid YAML", "something else (" + oneLine(e.getMessage()) + ")");
        }
    }

    /** The composer does not expect comments in every place where the parser finds them; better without than not at all. */
    private Optional<Node> compose() {
        try {
            return compose(true);
        } catch (ClassCastException e) {
            return compose(false);
        }
    }

    private Optional<Node> compose(boolean comments) {
        LoadSettings settings = LoadSettings.builder()
                .setParseComments(comments)
                .setAllowNonScalarKeys(true)
                .setMaxAliasesForCollections(Bounds.VALUES)
                .setCodePointLimit(Bounds.BYTES)
                .setSchema(new FailsafeSchema())
                .build();
        Iterator<Node> documents =
                new Compose(settings).composeAllFromString(text).iterator();
        return documents.hasNext() ? Optional.of(documents.next()) : Optional.empty();
    }

    private Document document(Optional<Node> node) {
        TreeBuilder builder = new TreeBuilder();
        Mapping root = node.filter(found -> !isNull(found)).map(builder::root).orElseGet(Mapping::new);
        Secrecy.hide(root);
        List<Origin> origins = new ArrayList<>();
        Placed.leaves(root).stream().filter(leaf -> !leaf.path().isRoot()).forEach(leaf -> origins.add(origin(leaf)));
        return new Document(text, root, List.copyOf(origins), builder.spelling(), builder.notes());
    }

    private static Origin origin(Placed leaf) {
        Tree tree = leaf.tree();
        Origin origin = new Origin(leaf.path(), tree.line(), tree.json(), tree.isSecret());
        tree.origins().add(origin);
        return origin;
    }

    private static boolean isNull(Node node) {
        return node instanceof ScalarNode scalar
                && Scalars.json(scalar.getValue(), scalar.isPlain()).isNull();
    }

    private static String reason(MarkedYamlEngineException e) {
        return oneLine(e.getProblem() == null ? e.getContext() : e.getProblem());
    }

    private static String oneLine(String message) {
        return message == null ? "no reason given" : message.lines().findFirst().orElse("");
    }
}
