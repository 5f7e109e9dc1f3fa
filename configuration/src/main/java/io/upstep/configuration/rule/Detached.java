package io.upstep.configuration.rule;

import io.upstep.configuration.document.Branch;
import io.upstep.configuration.document.Items;
import io.upstep.configuration.document.Tree;
import java.util.ArrayList;
import java.util.List;

/** A part taken out of a document, with the maps that became empty by that; it can be put back as it was. */
final class Detached {
    private record Taken(Branch from, int index, Branch.Removed what) {}

    private final List<Taken> taken = new ArrayList<>();
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
