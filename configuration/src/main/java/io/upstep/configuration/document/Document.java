package io.upstep.configuration.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A configuration file, read: its values as a tree, and what each value was.
 *
 * @param text as it came
 * @param root what rules work on; changes
 * @param origins all values as they came, in order
 * @param notes what reading it could not keep
 */
public record Document(String text, Mapping root, List<Origin> origins, Spelling spelling, List<String> notes) {

    /** @throws UnreadableException if it is not one YAML document with a map in it, within bounds */
    public static Document read(String text) {
        return new YamlReader(text).read();
    }

    /** The tree as it is now, as YAML; with its comments, if that can be. */
    public Written write() {
        String now = new YamlWriter(spelling, true).write(root);
        if (!same(now)) {
            now = new YamlWriter(spelling, false).write(root);
        }
        if (!same(now)) {
            throw new IllegalStateException("expected the written document to read as it was meant, but it does not");
        }
        return new Written(now, lostComments(now));
    }

    /** The tree as it is now, without comments and with secrets hidden: for people to look at. */
    public String masked() {
        return new YamlWriter(spelling, false).masked().write(root);
    }

    /** Hides of this document, as it was read, what another reading of the same text has learnt to be secret. */
    public void hideAs(Document other) {
        List<Placed> leaves = Placed.leaves(root);
        for (int i = 0; i < other.origins().size(); i++) {
            if (other.origins().get(i).isSecret()) {
                leaves.get(i).tree().hide();
            }
        }
    }

    private boolean same(String written) {
        try {
            return new YamlReader(written).read().root().json().equals(root.json());
        } catch (UnreadableException e) {
            return false;
        }
    }

    private List<Integer> lostComments(String written) {
        Set<String> kept = Comments.of(written).stream().map(Comments::text).collect(Collectors.toSet());
        return Comments.of(text).stream()
                .filter(comment -> !kept.contains(comment.text()))
                .map(Comments::line)
                .toList();
    }

    /** @param lostComments the lines of the old text whose comments are not in the new one */
    public record Written(String text, List<Integer> lostComments) {}

    /** How the author of a text indents. */
    public record Spelling(boolean indentedLists) {}

    /** The tree as JSON. */
    public JsonNode json() {
        return root.json();
    }
}
