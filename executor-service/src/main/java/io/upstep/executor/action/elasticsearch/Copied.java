package io.upstep.executor.action.elasticsearch;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An index that is on both sides.
 *
 * @param documents that both sides count
 * @param copied those of them that this attempt saw arrive
 */
record Copied(long documents, long copied) {

    static SortedMap<String, Long> counts(Map<String, Copied> all) {
        SortedMap<String, Long> counts = new TreeMap<>();
        all.forEach((index, copied) -> counts.put(index, copied.documents()));
        return counts;
    }
}
