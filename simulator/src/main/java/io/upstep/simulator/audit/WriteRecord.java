package io.upstep.simulator.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Keeps every write to an object, in the order of the store: the judge of whether an effect ever had two owners. */
public final class WriteRecord {
    private final int most;
    private final List<Write> writes = new ArrayList<>();
    private final List<Write> violations = new ArrayList<>();
    private long lost;

    /** @param most how many are kept until {@link #clear} */
    public WriteRecord(int most) {
        this.most = most;
    }

    /** To be called while the store is locked, so that the order is the store's and the fence that of the moment. */
    public synchronized void add(Write write) {
        if (write.violates()) {
            violations.add(write);
        }
        if (writes.size() < most) {
            writes.add(write);
        } else {
            lost++;
        }
    }

    /** All of them since the last {@link #clear}; fails rather than answer with only a part. */
    public synchronized List<Write> all() {
        if (lost > 0) {
            throw new IllegalStateException("expected at most " + most + " writes between two calls of clear(), came "
                    + (most + lost) + "; clear more often, or keep more: Options.withWritesKept");
        }
        return List.copyOf(writes);
    }

    public List<Write> matching(Predicate<Write> wanted) {
        return all().stream().filter(wanted).toList();
    }

    /** The accepted writes whose epoch was below that of the installation's Lease; also those that are not kept any more. */
    public synchronized List<Write> violations() {
        return List.copyOf(violations);
    }

    /** Forgets everything, and with it the violations. */
    public synchronized void clear() {
        writes.clear();
        violations.clear();
        lost = 0;
    }
}
