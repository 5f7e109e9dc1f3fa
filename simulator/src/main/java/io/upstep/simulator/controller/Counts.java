package io.upstep.simulator.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes counts into a status, where the API server leaves a zero out; and reads numbers that may be percentages. */
final class Counts {
    private Counts() {}

    static void put(ObjectNode status, String name, long count) {
        if (count == 0) {
            status.remove(name);
        } else {
            status.put(name, (int) count);
        }
    }

    static int ofTotal(JsonNode value, int total, boolean roundUp) {
        if (!value.asText().endsWith("%")) {
            return value.asInt();
        }
        int percent =
                Integer.parseInt(value.asText().substring(0, value.asText().length() - 1));
        return (percent * total + (roundUp ? 99 : 0)) / 100;
    }
}
