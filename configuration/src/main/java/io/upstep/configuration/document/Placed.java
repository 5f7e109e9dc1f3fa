package io.upstep.configuration.document;

import java.util.ArrayList;
import java.util.List;

/** A part of a document with its place, counted from where the search began. */
public record Placed(Path path, Tree tree) {

    /** All leaves of a tree, in order; the tree itself if it is one. */
    public static List<Placed> leaves(Tree tree) {
        List<Placed> found = new ArrayList<>();
        gather(Path.ROOT, tree, found);
        return found;
    }

    private static void gather(Path path, Tree tree, List<Placed> found) {
        if (tree instanceof Branch branch && !branch.isEmpty()) {
            int number = 0;
            for (Branch.Slot slot : branch.slots()) {
                String name =
                        slot.key() == null ? String.valueOf(number) : slot.key().text();
                gather(path.child(name), slot.value(), found);
                number++;
            }
        } else {
            found.add(new Placed(path, tree));
        }
    }
}
