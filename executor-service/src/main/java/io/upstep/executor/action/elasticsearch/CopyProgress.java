package io.upstep.executor.action.elasticsearch;

import io.upstep.executor.action.StepContext;
import java.util.Map;
import java.util.TreeMap;

/** How many documents of how many have been copied. */
final class CopyProgress {
    private final StepContext context;
    private final Map<String, Long> expected = new TreeMap<>();
    private final Map<String, Long> done = new TreeMap<>();
    /** What is being copied, and what has been finished since it was told last. */
    private final Map<String, String> current = new TreeMap<>();

    CopyProgress(StepContext context) {
        this.context = context;
    }

    void expect(String index, long documents) {
        expected.put(index, documents);
    }

    void reached(String index, long documents) {
        long all = Math.max(documents, expected.getOrDefault(index, 0L));
        expected.put(index, all);
        done.put(index, documents);
        current.put(index, index + ": " + documents + " of " + all);
    }

    void tell() {
        if (!current.isEmpty()) {
            long all = sum(expected);
            context.progress(all == 0 ? null : (double) sum(done) / all, String.join("; ", current.values()));
            current.clear();
        }
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
