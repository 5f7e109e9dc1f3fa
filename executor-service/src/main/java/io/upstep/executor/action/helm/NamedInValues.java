package io.upstep.executor.action.helm;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.kubernetes.FencedObjects;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The names in a chart's values of objects that the user has made: Secrets, claims, service accounts. */
final class NamedInValues {
    private static final List<String> KEYS = List.of("secret", "existing", "claim", "configmap", "serviceaccount");

    private NamedInValues() {}

    /** @param ref null for nothing */
    static Set<String> of(ValuesRef ref, StepContext context, FencedObjects objects) {
        Set<String> names = new TreeSet<>();
        if (ref != null) {
            collect(Values.merged(List.of(ref), context, objects, new Releases(context, objects, null)), false, names);
        }
        return names;
    }

    private static void collect(JsonNode node, boolean naming, Set<String> names) {
        if (node.isTextual() && naming && !node.asText().isBlank()) {
            names.add(node.asText());
        }
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            collect(entry.getValue(), naming && entry.getKey().equals("name") || isNaming(entry.getKey()), names);
        }
        if (node.isArray()) {
            node.forEach(element -> collectElement(element, naming, names));
        }
    }

    private static void collectElement(JsonNode element, boolean naming, Set<String> names) {
        if (naming && element.path("name").isTextual()) {
            names.add(element.path("name").asText());
        }
        collect(element, naming, names);
    }

    /** existingSecret, secret, secretName, secretRef, encryptionSecret, imagePullSecrets, existingClaim, ... */
    private static boolean isNaming(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        return KEYS.stream().anyMatch(lower::contains);
    }
}
