package io.upstep.verifier.check.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Writes a workload's {@code spec.selector} the way the API server takes it in a query. */
final class Labels {
    private Labels() {}

    static String selector(JsonNode selector) {
        List<String> parts = new ArrayList<>();
        selector.path("matchLabels")
                .fields()
                .forEachRemaining(label ->
                        parts.add(label.getKey() + "=" + label.getValue().asText()));
        selector.path("matchExpressions").forEach(expression -> parts.add(expression(expression)));
        return String.join(",", parts);
    }

    private static String expression(JsonNode expression) {
        String key = expression.path("key").asText();
        List<String> values = new ArrayList<>();
        expression.path("values").forEach(value -> values.add(value.asText()));
        String list = " (" + String.join(",", values) + ")";
        return switch (expression.path("operator").asText()) {
            case "In" -> key + " in" + list;
            case "NotIn" -> key + " notin" + list;
            case "DoesNotExist" -> "!" + key;
            default -> key;
        };
    }
}
