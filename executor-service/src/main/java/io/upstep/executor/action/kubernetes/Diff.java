package io.upstep.executor.action.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.io.UncheckedIOException;
import java.util.List;

/** The difference between two states of an object, as people read it: what the API server keeps for itself left out. */
final class Diff {
    private static final int CONTEXT = 3;
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private Diff() {}

    /**
     * @param before null for an object that is not there yet
     * @param after null for one that is to go
     * @return a unified diff, empty when nothing differs
     */
    static String of(ObjectNode before, ObjectNode after) {
        String title = Manifest.title(after == null ? before : after);
        List<String> from = lines(before, null);
        List<String> to = lines(after, before);
        return String.join(
                "\n", UnifiedDiffUtils.generateUnifiedDiff(title, title, from, DiffUtils.diff(from, to), CONTEXT));
    }

    private static List<String> lines(ObjectNode object, ObjectNode before) {
        if (object == null) {
            return List.of();
        }
        ObjectNode shown =
                Redaction.redacted(Cleaning.cleaned(object), before == null ? null : Cleaning.cleaned(before));
        try {
            return YAML.writeValueAsString(sorted(shown)).lines().toList();
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object sorted(JsonNode node) throws JsonProcessingException {
        // Through a plain map, because the order of keys is sorted only there.
        return YAML.treeToValue(node, Object.class);
    }
}
