package io.upstep.configuration.rule;

import io.upstep.configuration.document.Origin;
import io.upstep.configuration.document.Path;
import io.upstep.configuration.document.Tree;
import io.upstep.configuration.report.Change;
import io.upstep.configuration.report.Kind;
import io.upstep.configuration.report.Problem;
import io.upstep.configuration.report.Problem.Code;
import io.upstep.configuration.report.Problem.Level;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where rules note what they do: every change, every problem, and what became of each value that is taken out. */
public final class Bench {
    private final List<Change> changes = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Map<Origin, Change> gone = new IdentityHashMap<>();
    private String rules = "";

    /** From here on, changes are those of these rules. */
    public void begin(String title) {
        rules = title;
    }

    Change note(Kind kind, Path from, Path now, Words words) {
        Change change = new Change(
                kind,
                from == null ? null : from.toString(),
                now == null ? null : now.toString(),
                words.where(),
                words.say(),
                words.source(),
                rules);
        changes.add(change);
        return change;
    }

    /** A tree that is not part of the document any more, and why. */
    void gone(Tree tree, Change change) {
        tree.leaves().forEach(leaf -> leaf.origins().forEach(origin -> gone.putIfAbsent(origin, change)));
    }

    void problem(Code code, Path at, Tree tree, String say, String remedy, Words words) {
        problems.add(new Problem(code, Level.ERROR, at.toString(), null, tree.line(), say, remedy, words.source()));
    }

    /** A value that cannot go where it belongs. */
    void conflict(Tree part, Path other, String say, String remedy, Words words) {
        String at = part.path().toString();
        problems.add(new Problem(
                Code.CONFLICT, Level.ERROR, at, other.toString(), part.line(), say, remedy, words.source()));
    }

    public List<Change> changes() {
        return changes;
    }

    public List<Problem> problems() {
        return problems;
    }

    /** What became of a value that is not in the document any more. */
    public Optional<Change> fate(Origin origin) {
        return Optional.ofNullable(gone.get(origin));
    }
}
