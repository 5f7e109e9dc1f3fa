package io.upstep.configuration.check;

import io.upstep.configuration.document.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The keys a version knows, as a tree: a key stands for itself and everything below it. */
final class KnownKeys {
    private static final String ONE = "*";
    private static final String ANY = "**";

    private final Map<String, KnownKeys> below = new HashMap<>();
    private boolean end;

    static KnownKeys of(Collection<String> keys) {
        KnownKeys all = new KnownKeys();
        keys.forEach(key -> all.add(Path.of(key).segments()));
        return all;
    }

    /** How many keys of a path lead to the first that is not known; 0 if all are. */
    int firstUnknown(Path path) {
        List<String> segments = path.segments();
        if (knows(segments, 0)) {
            return 0;
        }
        for (int length = 1; length < segments.size(); length++) {
            if (!leadsOn(segments.subList(0, length), 0)) {
                return length;
            }
        }
        return segments.size();
    }

    private void add(List<String> segments) {
        KnownKeys at = this;
        for (String segment : segments) {
            at = at.below.computeIfAbsent(segment, name -> new KnownKeys());
        }
        at.end = true;
    }

    /** Known itself, below something known, or an empty or null map around something known. */
    private boolean knows(List<String> path, int from) {
        return end || from == path.size() || next(path, from, KnownKeys::knows);
    }

    private boolean leadsOn(List<String> path, int from) {
        return from == path.size() || next(path, from, KnownKeys::leadsOn);
    }

    private boolean next(List<String> path, int from, Step step) {
        KnownKeys named = below.get(path.get(from));
        KnownKeys one = below.get(ONE);
        KnownKeys any = below.get(ANY);
        return named != null && step.go(named, path, from + 1)
                || one != null && step.go(one, path, from + 1)
                || any != null && (step.go(any, path, from) || step.go(this, path, from + 1));
    }

    private interface Step {
        boolean go(KnownKeys keys, List<String> path, int from);
    }
}
