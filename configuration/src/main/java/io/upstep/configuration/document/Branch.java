package io.upstep.configuration.document;

import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** A map or a list: places in an order, each with something in it. */
public abstract sealed class Branch extends Tree permits Mapping, Items {
    /** @param key null in a list */
    record Slot(Key key, Tree value) {}

    private final List<Slot> slots = new ArrayList<>();
    private final FlowStyle flow;
    private final Remarks remarks;

    Branch(FlowStyle flow, Remarks remarks) {
        this.flow = flow;
        this.remarks = remarks;
    }

    /** What stands under a name, or null. */
    public abstract Tree get(String name);

    abstract String nameOf(Tree child);

    abstract Branch empty();

    List<Slot> slots() {
        return slots;
    }

    FlowStyle flow() {
        return flow;
    }

    Remarks remarks() {
        return remarks;
    }

    public List<Tree> children() {
        return slots.stream().map(Slot::value).toList();
    }

    public int size() {
        return slots.size();
    }

    public boolean isEmpty() {
        return slots.isEmpty();
    }

    public int indexOf(Tree child) {
        for (int i = 0; i < slots.size(); i++) {
            if (slots.get(i).value() == child) {
                return i;
            }
        }
        throw new IllegalArgumentException("expected a part of this, came something else");
    }

    /** Puts another in a child's place. */
    public void replace(Tree child, Tree other) {
        int index = indexOf(child);
        Slot slot = slots.get(index);
        slots.set(index, new Slot(slot.key(), other));
        child.parent(null);
        other.parent(this);
    }

    /** A child that was taken out, with its name and comments. */
    public static final class Removed {
        private final Slot slot;

        private Removed(Slot slot) {
            this.slot = slot;
        }

        Key key() {
            return slot.key();
        }
    }

    public Removed remove(int index) {
        return new Removed(take(index));
    }

    public void restore(int index, Removed removed) {
        insert(index, removed.slot);
    }

    Slot take(int index) {
        Slot slot = slots.remove(index);
        slot.value().parent(null);
        return slot;
    }

    void insert(int index, Slot slot) {
        slots.add(index, slot);
        slot.value().parent(this);
    }

    @Override
    public boolean isNothing() {
        return slots.isEmpty();
    }

    @Override
    public List<Tree> leaves() {
        List<Tree> leaves = new ArrayList<>();
        gather(this, leaves);
        return leaves;
    }

    private static void gather(Tree tree, List<Tree> leaves) {
        if (tree instanceof Branch branch && !branch.isEmpty()) {
            branch.slots.forEach(slot -> gather(slot.value(), leaves));
        } else {
            leaves.add(tree);
        }
    }

    @Override
    public Branch copy() {
        Branch copy = empty();
        slots.forEach(slot -> copy.insert(
                copy.size(),
                new Slot(
                        slot.key() == null ? null : Key.of(slot.key().text()),
                        slot.value().copy())));
        return copy;
    }
}
