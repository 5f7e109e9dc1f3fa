package io.upstep.configuration.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Set;

/**
 * Everything that became of a document: one entry for each thing a rule did, and one line for each value.
 *
 * @param changes what the rules did, in order
 * @param leaves one line for each value of the old document, in its order, then one for each new value
 * @param notes what else is worth knowing, for example comments that were lost
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Report(List<Change> changes, List<Line> leaves, List<String> notes) {
    private static final Set<String> EMPTY = Set.of("null", "{}", "[]", "\"\"");

    /** The values that have to be entered again somewhere else, by hand; what was empty is not among them. */
    public List<Line> toReEnter() {
        return leaves.stream()
                .filter(line -> line.kind() == Kind.REMOVED && line.where() != Where.NOWHERE)
                .filter(line -> !EMPTY.contains(line.was()))
                .toList();
    }

    /** The lines that are not just "kept". */
    public List<Line> changed() {
        return leaves.stream()
                .filter(line -> line.kind() != Kind.KEPT || !line.say().isEmpty())
                .toList();
    }
}
