package io.upstep.configuration.rule;

import io.upstep.configuration.document.Branch;
import io.upstep.configuration.document.Items;
import io.upstep.configuration.document.Tree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A part taken out of a document, with the maps that became empty by that; it can be put back as it was. */
final class Detached {
    private record Taken(Branch from, int index, Branch.Removed what) {}

    private final List<Taken> taken = new ArrayList<>();
    private final Set<Taken> dressed = new HashSet<>();
    private Branch leftEmpty;

    private Detached() {}

    /** @param base what stays, even when it becomes empty */
    static Detached take(Tree part, Tree base) {
        Detached detached = new Detached();
        Branch from = detached.remove(part);
        while (from.isEmpty() && from != base && from.parent() != null && !(from.parent() instanceof Items)) {
            from = detached.remove(from);
        }
        if (from.isEmpty() && from.parent() instanceof Items) {
            detached.leftEmpty = from;
        }
        return detached;
    }

    void putBack() {
        for (int i = taken.size() - 1; i >= 0; i--) {
            Taken step = taken.get(i);
            step.from().restore(step.index(), step.what());
        }
    }

    /** Where in a map it was, or the map it was in; negative if it was elsewhere. */
    int indexIn(Branch parent) {
        return taken.stream()
                .filter(step -> step.from() == parent)
                .mapToInt(Taken::index)
                .findFirst()
                .orElse(-1);
    }

    /** What stood at that place of a map, for its comments; each only once. Null if nothing of this did. */
    Branch.Removed likeIn(Branch parent) {
        return taken.stream()
                .filter(step -> step.from() == parent && dressed.add(step))
                .map(Taken::what)
                .findFirst()
                .orElse(null);
    }

    /** As {@link #likeIn}, or the part itself. */
    Branch.Removed likeInOrPart(Branch parent) {
        Branch.Removed like = likeIn(parent);
        return like == null && dressed.add(taken.get(0)) ? taken.get(0).what() : like;
    }

    /** An element of a list that has nothing in it any more, or null. */
    Branch leftEmpty() {
        return leftEmpty;
    }

    private Branch remove(Tree part) {
        Branch from = part.parent();
        int index = from.indexOf(part);
        taken.add(new Taken(from, index, from.remove(index)));
        return from;
    }
}
