package io.upstep.executor.action.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A label selector as kubectl takes it, for objects that are not in the cluster any more. */
final class LabelSelector implements Predicate<JsonNode> {
    private static final Pattern BETWEEN = Pattern.compile(",(?![^(]*\\))");
    private static final String KEY = "([A-Za-z0-9._/-]+)";
    private static final Pattern EXISTS = Pattern.compile("(!?)\\s*" + KEY);
    private static final Pattern EQUALS = Pattern.compile(KEY + "\\s*(=|==|!=)\\s*([A-Za-z0-9._-]*)");
    private static final Pattern IN = Pattern.compile(KEY + "\\s+(in|notin)\\s*\\(([^)]*)\\)");

    private final List<Predicate<JsonNode>> requirements;

    /** @throws IllegalArgumentException saying what is not understood */
    LabelSelector(String text) {
        requirements = Arrays.stream(BETWEEN.split(text))
                .map(String::trim)
                .map(LabelSelector::requirement)
                .toList();
    }

    @Override
    public boolean test(JsonNode object) {
        JsonNode labels = object.path("metadata").path("labels");
        return requirements.stream().allMatch(requirement -> requirement.test(labels));
    }

    private static Predicate<JsonNode> requirement(String text) {
        Matcher exists = EXISTS.matcher(text);
        if (exists.matches()) {
            boolean wanted = exists.group(1).isEmpty();
            return labels -> labels.has(exists.group(2)) == wanted;
        }
        Matcher equals = EQUALS.matcher(text);
        if (equals.matches()) {
            return oneOf(
                    equals.group(1), Set.of(equals.group(3)), !equals.group(2).equals("!="));
        }
        Matcher in = IN.matcher(text);
        if (in.matches()) {
            Set<String> values =
                    Arrays.stream(in.group(3).split(",")).map(String::trim).collect(Collectors.toSet());
            return oneOf(in.group(1), values, in.group(2).equals("in"));
        }
        throw new IllegalArgumentException(
                "expected 'selector' to be a label selector such as app=web or tier in (a, b), came '" + text + "'");
    }

    /** As in Kubernetes, an object without the label is not one of them. */
    private static Predicate<JsonNode> oneOf(String key, Set<String> values, boolean wanted) {
        return labels -> (labels.has(key) && values.contains(labels.path(key).asText())) == wanted;
    }
}
