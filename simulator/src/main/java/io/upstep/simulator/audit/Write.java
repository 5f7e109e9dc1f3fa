package io.upstep.simulator.audit;

import io.upstep.simulator.store.Key;
import java.time.Instant;
import java.util.Optional;

/**
 * One write to an object that the API server accepted or refused.
 *
 * @param verb create, update, patch, apply or delete
 * @param key which object
 * @param resourceVersion the object's version after it; empty when it was refused
 * @param refusal why it was refused, in the API server's words
 * @param guarded whether a delete named the version of the object it was meant for
 * @param marks what the object says about its writer after the write; of a deleted one, what it said last
 * @param fence the Lease of the installation the object is marked for, as it was at that moment
 * @param lease when the object is itself such a Lease: what it says after the write
 */
public record Write(
        Instant at,
        String verb,
        Key key,
        String resourceVersion,
        Optional<String> refusal,
        String userAgent,
        String fieldManager,
        boolean guarded,
        Marks marks,
        Optional<LeaseState> fence,
        Optional<LeaseState> lease) {
    private static final String UPSTEP = "upstep";

    public String resource() {
        return key.resource();
    }

    public String namespace() {
        return key.namespace();
    }

    public String name() {
        return key.name();
    }

    public boolean accepted() {
        return refusal.isEmpty();
    }

    /** Whether Upstep made it; a delete names no field manager, but only Upstep's name the version of a marked object. */
    public boolean byUpstep() {
        return verb.equals("delete") ? guarded && marks.areThere() : fieldManager.equals(UPSTEP);
    }

    /** Whether somebody wrote who no longer had the installation: the epoch is below that of its Lease. */
    public boolean violates() {
        return accepted()
                && byUpstep()
                && lease.isEmpty()
                && fence.filter(f -> marks.number() < f.epoch()).isPresent();
    }
}
