package io.upstep.executor.action.helm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A chart whose templates are objects rendered already: Helm applies exactly these and calls it by the chart's own name. So a
 * release can be put back without its chart, and be upgraded without its hooks, which the library cannot switch off.
 */
final class LiteralChart {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<String> UNWANTED = List.of("dependencies", "kubeVersion");
    private static final String OPEN = "{{";

    private LiteralChart() {}

    /**
     * @param description the original's Chart.yaml
     * @param defaults its values.yaml
     */
    static Chart of(JsonNode description, byte[] defaults, List<String> objects) {
        Map<String, byte[]> files = new TreeMap<>();
        ObjectNode named = description.deepCopy();
        // What it was made of, and for which cluster, has been settled when it was rendered.
        named.remove(UNWANTED);
        if (!named.path("apiVersion").isTextual()) {
            named.put("apiVersion", "v1");
        }
        files.put(Chart.DESCRIPTION, bytes(named));
        files.put("values.yaml", defaults);
        int number = 0;
        for (String object : objects) {
            String escaped = object.replace(OPEN, "{{ \"{{\" }}");
            files.put("templates/object-%04d.yaml".formatted(number++), escaped.getBytes(StandardCharsets.UTF_8));
        }
        return new Chart(files, "", List.of(), false);
    }

    /** The original with other templates; definitions it installs before everything else stay. */
    static Chart of(Chart original, List<String> objects) {
        Chart literal = of(original.description(), original.files().getOrDefault("values.yaml", new byte[0]), objects);
        Map<String, byte[]> files = new TreeMap<>(literal.files());
        original.files().forEach((name, content) -> {
            if (name.startsWith("crds/")) {
                files.put(name, content);
            }
        });
        return new Chart(files, original.digest(), original.notes(), false);
    }

    static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
