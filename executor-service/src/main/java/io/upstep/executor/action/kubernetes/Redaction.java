package io.upstep.executor.action.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Takes the values of secrets out of objects before anybody is shown them, and still tells which of them change. */
final class Redaction {
    private static final Pattern TELLING =
            Pattern.compile("(?i).*(passw|secret|token|credential|private|api_?-?key|access_?-?key|dsn|_url$).*");
    private static final List<String> SECRET_PARTS = List.of("data", "stringData");

    private Redaction() {}

    /** @param before the same object before, so that values which changed can be marked; or null */
    static ObjectNode redacted(ObjectNode object, JsonNode before) {
        ObjectNode copy = object.deepCopy();
        boolean isSecret = Manifest.kind(object).equals("Secret");
        if (isSecret) {
            for (String part : SECRET_PARTS) {
                hideAll(copy.path(part), before == null ? null : before.path(part));
            }
        }
        // Of a Secret only the rest: what was hidden with a mark keeps its mark.
        copy.properties().stream()
                .filter(part -> !(isSecret && SECRET_PARTS.contains(part.getKey())))
                .forEach(part -> hideTelling(part.getValue()));
        return copy;
    }

    private static void hideAll(JsonNode values, JsonNode others) {
        if (values instanceof ObjectNode map) {
            for (Map.Entry<String, JsonNode> entry : List.copyOf(map.properties())) {
                boolean same = others == null || entry.getValue().equals(others.path(entry.getKey()));
                map.put(entry.getKey(), same ? "(secret)" : "(secret, changed)");
            }
        }
    }

    /** Environment variables and keys named like a secret, wherever somebody wrote one in plain text. */
    private static void hideTelling(JsonNode node) {
        if (node instanceof ObjectNode map) {
            if (map.path("value").isTextual() && isTelling(map.path("name").asText())) {
                map.put("value", "(secret)");
            }
            for (Map.Entry<String, JsonNode> entry : List.copyOf(map.properties())) {
                if (entry.getValue().isTextual() && isTelling(entry.getKey()) && !isReference(entry.getKey())) {
                    map.put(entry.getKey(), "(secret)");
                }
            }
        }
        node.forEach(Redaction::hideTelling);
    }

    private static boolean isTelling(String name) {
        return TELLING.matcher(name).matches();
    }

    // Where a secret is, is no secret.
    private static boolean isReference(String key) {
        return key.equals("secretName") || key.endsWith("Ref") || key.contains("/");
    }
}
