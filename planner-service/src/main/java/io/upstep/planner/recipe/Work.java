package io.upstep.planner.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A place in a recipe file that asks an executor or a verifier for something.
 *
 * @param pointer of what has the name and the parameters
 */
record Work(Kind kind, String name, ObjectNode with, String pointer) {

    /** What can be asked for. */
    enum Kind {
        ACTION("action", FaultCode.UNKNOWN_ACTION, "actions.md"),
        CHECK("check", FaultCode.UNKNOWN_CHECK, "checks.md"),
        PROBE("probe", FaultCode.UNKNOWN_PROBE, "checks.md");

        private final String key;
        private final FaultCode unknown;
        private final String page;

        Kind(String key, FaultCode unknown, String page) {
            this.key = key;
            this.unknown = unknown;
            this.page = page;
        }

        String key() {
            return key;
        }

        FaultCode unknown() {
            return unknown;
        }

        String page() {
            return page;
        }
    }

    /** Wherever it stands: in a fact, a step, its checks, its undo, and in what must hold in the end. */
    static List<Work> in(JsonNode tree) {
        List<Work> found = new ArrayList<>();
        collect(tree, "", found);
        return found;
    }

    private static void collect(JsonNode node, String pointer, List<Work> found) {
        for (Kind kind : Kind.values()) {
            if (node.path(kind.key()).isTextual()) {
                ObjectNode with = node.path("with") instanceof ObjectNode given ? given : null;
                found.add(new Work(kind, node.path(kind.key()).asText(), with, pointer));
            }
        }
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(node.get(i), pointer + "/" + i, found);
            }
        }
        node.properties().stream()
                // What stands in there is the parameters' own affair.
                .filter(entry ->
                        !entry.getKey().equals("with") && !entry.getKey().equals("shared"))
                .forEach(entry -> collect(entry.getValue(), pointer + "/" + Pointers.escaped(entry.getKey()), found));
    }

    boolean has(String key) {
        return with != null && with.has(key);
    }
}
