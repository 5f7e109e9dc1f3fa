package io.upstep.executor.action.pachyderm;

import io.upstep.executor.action.ActionException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What an extract consists of: how many operations of each kind, and what they make. Bounded by what somebody has named. */
final class Tally {
    private final Map<String, Long> kinds = new TreeMap<>();
    private final Set<Op.Subject> subjects = new TreeSet<>(java.util.Comparator.comparing(Op.Subject::toString));
    private String version;
    private long count;

    /** @throws ActionException where versions are mixed, which no pachd restores, or the operation is not known */
    synchronized void add(Op op) {
        if (version == null) {
            version = op.version();
        }
        if (!version.equals(op.version())
                || op.version().equals("unknown")
                || op.kind().equals("unknown")) {
            throw ActionException.permanent(
                    "extract-unusable",
                    "expected operations of one version and of known kinds, as pachd restores no others, came "
                            + op.kind() + " of version " + op.version() + " among those of version " + version);
        }
        kinds.merge(op.kind(), 1L, Long::sum);
        op.about().ifPresent(subjects::add);
        count++;
    }

    synchronized long count() {
        return count;
    }

    /** The version of its operations, for example {@code 1.7}; empty as long as there is none. */
    synchronized String version() {
        return version == null ? "" : version;
    }

    synchronized Map<String, Long> kinds() {
        return Map.copyOf(kinds);
    }

    synchronized Set<Op.Subject> subjects() {
        return Set.copyOf(subjects);
    }
}
