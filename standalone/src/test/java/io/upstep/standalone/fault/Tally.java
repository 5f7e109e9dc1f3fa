package io.upstep.standalone.fault;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts what was done and what came of it. */
final class Tally {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Map<Fault, Map<String, Integer>> hits = new EnumMap<>(Fault.class);
    private final Map<String, Integer> verbs = new TreeMap<>();
    private final Map<String, Integer> endings = new TreeMap<>();
    private final Map<String, Integer> figures = new TreeMap<>();
    private final Instant began = Instant.now();

    synchronized void hit(Fault fault, Moment when) {
        hits.computeIfAbsent(fault, f -> new TreeMap<>()).merge(when.text(), 1, Integer::sum);
    }

    /** @param answer the HTTP status; 0 when nobody answered */
    synchronized void verb(String verb, int answer) {
        verbs.merge(verb + " " + answer, 1, Integer::sum);
    }

    synchronized void ended(String status) {
        endings.merge(status, 1, Integer::sum);
    }

    synchronized void count(String figure, int more) {
        figures.merge(figure, more, Integer::sum);
    }

    synchronized void set(String figure, int value) {
        figures.put(figure, value);
    }

    synchronized int injected() {
        return hits.values().stream()
                .flatMap(counts -> counts.values().stream())
                .mapToInt(Integer::intValue)
                .sum();
    }

    /** Everything, on one line. */
    synchronized String json(BrokerKind broker, long seed, int asked) {
        ObjectNode result = MAPPER.createObjectNode();
        result.put("broker", broker.name().toLowerCase(java.util.Locale.ROOT));
        result.put("seed", seed);
        result.put("asked", asked);
        result.put("injected", injected());
        result.put("seconds", Duration.between(began, Instant.now()).toSeconds());
        result.set("faults", MAPPER.valueToTree(hits));
        result.set("verbs", MAPPER.valueToTree(verbs));
        result.set("plans", MAPPER.valueToTree(endings));
        result.set("figures", MAPPER.valueToTree(figures));
        return result.toString();
    }
}
