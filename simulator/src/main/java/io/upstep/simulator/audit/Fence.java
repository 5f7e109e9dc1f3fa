package io.upstep.simulator.audit;

import io.upstep.simulator.store.Key;
import io.upstep.simulator.store.Meta;
import io.upstep.simulator.store.ObjectStore;
import java.util.List;
import java.util.Optional;

/** Finds the Lease whose epoch a marked object must not be below. */
public final class Fence {
    private final ObjectStore store;

    public Fence(ObjectStore store) {
        this.store = store;
    }

    /** The Lease of the installation an object was written for, as it is at this moment. */
    public Optional<LeaseState> of(Key object, Marks marks) {
        if (!marks.areThere()) {
            return Optional.empty();
        }
        String name = LeaseState.PREFIX + marks.release();
        return object.namespace().isEmpty()
                ? ofAnyNamespace(name, marks)
                : store.get(new Key(LeaseState.RESOURCE, object.namespace(), name))
                        .map(LeaseState::of);
    }

    /** An object without a namespace does not say where its release is; of several, its plan tells. */
    private Optional<LeaseState> ofAnyNamespace(String name, Marks marks) {
        List<LeaseState> leases = store.list(LeaseState.RESOURCE, "").stream()
                .filter(lease -> Meta.name(lease).equals(name))
                .map(LeaseState::of)
                .toList();
        return leases.size() == 1
                ? Optional.of(leases.get(0))
                : leases.stream().filter(l -> l.plan().equals(marks.plan())).findFirst();
    }
}
