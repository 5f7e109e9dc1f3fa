package io.upstep.simulator.admission;

import static io.upstep.simulator.store.Fields.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Predicate;

/** Whether one of the resource rules of a policy or a binding is about a write. */
record Rules(JsonNode rules) implements Predicate<Attempt> {
    private static final String ALL = "*";

    @Override
    public boolean test(Attempt attempt) {
        for (JsonNode rule : rules) {
            if (matches(rule, attempt)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(JsonNode rule, Attempt attempt) {
        return names(rule.path("operations"), attempt.operation().name())
                && names(rule.path("apiGroups"), attempt.type().group())
                && names(rule.path("apiVersions"), attempt.type().version())
                && resource(rule.path("resources"), attempt)
                && scope(text(rule, "scope"), attempt)
                && (rule.path("resourceNames").isEmpty() || names(rule.path("resourceNames"), attempt.name()));
    }

    private static boolean names(JsonNode list, String name) {
        for (JsonNode entry : list) {
            if (entry.asText().equals(ALL) || entry.asText().equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** {@code pods}, {@code *}, {@code pods/status}, {@code *}{@code /status} or {@code *}{@code /*}, which includes all. */
    private static boolean resource(JsonNode list, Attempt attempt) {
        for (JsonNode entry : list) {
            String[] parts = entry.asText().split("/", 2);
            boolean main =
                    parts[0].equals(ALL) || parts[0].equals(attempt.type().plural());
            boolean below = parts.length == 1
                    ? attempt.subresource().isEmpty()
                    : parts[1].equals(ALL) || parts[1].equals(attempt.subresource());
            if (main && below) {
                return true;
            }
        }
        return false;
    }

    private static boolean scope(String scope, Attempt attempt) {
        return switch (scope) {
            case "Namespaced" -> attempt.type().namespaced();
            case "Cluster" -> !attempt.type().namespaced();
            default -> true;
        };
    }
}
