package io.upstep.configuration.document;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.configuration.report.Change;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A part of a document. A leaf, which is a scalar or an empty map or list, remembers the values it came from. */
public abstract sealed class Tree permits Branch, Leaf {
    private final Set<Origin> origins = new LinkedHashSet<>();
    private final List<Change> history = new ArrayList<>();
    private Branch parent;
    private int line;
    private boolean secret;

    /** What it is as JSON, as Helm and Python's YAML would read it. */
    public abstract JsonNode json();

    /** Null, {@code {}} and {@code []}: what gives way to a value. */
    public abstract boolean isNothing();

    /** All scalars and empty maps and lists, in order. */
    public abstract List<Tree> leaves();

    /** The same value once more, that came from nowhere. */
    public abstract Tree copy();

    public Branch parent() {
        return parent;
    }

    void parent(Branch other) {
        parent = other;
    }

    public Tree root() {
        return parent == null ? this : parent.root();
    }

    /** Where it is now. */
    public Path path() {
        return parent == null ? Path.ROOT : parent.path().child(parent.nameOf(this));
    }

    /** The values of the old document that this one holds, or is made from. */
    public Set<Origin> origins() {
        return origins;
    }

    /** What rules did to it. */
    public List<Change> history() {
        return history;
    }

    /** Whether its value must not be shown. */
    public boolean isSecret() {
        return secret;
    }

    /** Hides it and all that is in it; but true, false and null tell nothing. */
    public void hide() {
        secret = !(this instanceof Leaf) || !(json().isBoolean() || json().isNull());
        if (secret) {
            origins.forEach(Origin::hide);
        }
        if (this instanceof Branch branch) {
            branch.children().forEach(Tree::hide);
        }
    }

    /** The line of the old document it was read from; 0 for something new. */
    public int line() {
        return line;
    }

    void line(int number) {
        line = number;
    }

    /** Remembers what a rule did to it, and so to all that is in it. */
    public void touched(Change change) {
        leaves().forEach(leaf -> leaf.history.add(change));
    }

    /** Takes over what an equal tree came from, which is to be dropped. */
    public void absorb(Tree equal, Change change) {
        Map<Path, Tree> ours = Placed.leaves(this).stream().collect(Collectors.toMap(Placed::path, Placed::tree));
        Placed.leaves(equal)
                .forEach(theirs -> ours.getOrDefault(theirs.path(), this).take(theirs.tree(), change));
    }

    private void take(Tree other, Change change) {
        origins.addAll(other.origins);
        history.add(change);
        if (other.isSecret()) {
            hide();
        }
    }
}
