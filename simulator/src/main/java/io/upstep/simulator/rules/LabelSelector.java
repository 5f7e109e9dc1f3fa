package io.upstep.simulator.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.simulator.store.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Chooses objects by their labels, written as a request's parameter or as an object's selector. */
public final class LabelSelector implements Predicate<Map<String, String>> {
    private static final Pattern SETS = Pattern.compile("(\\S+)\\s+(in|notin)\\s*\\(([^)]*)\\)");
    private static final Pattern SPLIT = Pattern.compile(",(?![^(]*\\))");

    private final List<Predicate<Map<String, String>>> requirements;

    private LabelSelector(List<Predicate<Map<String, String>>> requirements) {
        this.requirements = requirements;
    }

    /** From its text: {@code a=b,c!=d,e in (x,y),f notin (z),g,!h}. */
    public static LabelSelector parse(String text) {
        List<Predicate<Map<String, String>>> all = new ArrayList<>();
        for (String part : SPLIT.split(text)) {
            if (!part.isBlank()) {
                all.add(requirement(part.trim()));
            }
        }
        return new LabelSelector(all);
    }

    /** From an object's {@code selector}: matchLabels and matchExpressions. */
    public static LabelSelector of(JsonNode selector) {
        List<Predicate<Map<String, String>>> all = new ArrayList<>();
        Fields.strings(selector.path("matchLabels")).forEach((k, v) -> all.add(labels -> v.equals(labels.get(k))));
        selector.path("matchExpressions").forEach(e -> {
            List<String> values = new ArrayList<>();
            e.path("values").forEach(v -> values.add(v.asText()));
            all.add(expression(e.path("key").asText(), e.path("operator").asText(), Set.copyOf(values)));
        });
        return new LabelSelector(all);
    }

    @Override
    public boolean test(Map<String, String> labels) {
        return requirements.stream().allMatch(r -> r.test(labels));
    }

    private static Predicate<Map<String, String>> requirement(String text) {
        Matcher set = SETS.matcher(text);
        if (set.matches()) {
            Set<String> values = Set.copyOf(List.of(set.group(3).trim().split("\\s*,\\s*")));
            return expression(set.group(1), set.group(2).equals("in") ? "In" : "NotIn", values);
        }
        if (text.startsWith("!")) {
            return expression(text.substring(1).trim(), "DoesNotExist", Set.of());
        }
        int equals = text.indexOf('=');
        if (equals < 0) {
            return expression(text, "Exists", Set.of());
        }
        boolean not = equals > 0 && text.charAt(equals - 1) == '!';
        String key = text.substring(0, not ? equals - 1 : equals).trim();
        String value = text.substring(equals + 1).replaceFirst("^=", "").trim();
        return expression(key, not ? "NotIn" : "In", Set.of(value));
    }

    private static Predicate<Map<String, String>> expression(String key, String operator, Set<String> values) {
        return switch (operator) {
            case "In" -> labels -> labels.containsKey(key) && values.contains(labels.get(key));
            case "NotIn" -> labels -> !labels.containsKey(key) || !values.contains(labels.get(key));
            case "Exists" -> labels -> labels.containsKey(key);
            case "DoesNotExist" -> labels -> !labels.containsKey(key);
            default -> throw Refusal.badRequest("\"" + operator + "\" is not a valid label selector operator");
        };
    }
}
