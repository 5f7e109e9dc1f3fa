package io.upstep.event;

import com.fasterxml.jackson.databind.JsonNode;

/** What came, cut to a length that a log line and a dead letter's header can carry. */
final class Shown {
    private static final int LENGTH = 160;

    private Shown() {}

    static String of(String text) {
        return text.length() <= LENGTH ? text : text.substring(0, LENGTH) + "…";
    }

    static String of(JsonNode node) {
        if (node == null || node.isMissingNode()) {
            return "nothing";
        }
        return node.isContainerNode() ? (node.isObject() ? "an object" : "an array") : of(node.toString());
    }
}
