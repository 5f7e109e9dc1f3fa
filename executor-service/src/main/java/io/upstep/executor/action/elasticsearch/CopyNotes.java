package io.upstep.executor.action.elasticsearch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.kubernetes.KeptData;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the installation's namespace says of a plan's copies: which indices they made, where, and how many documents. */
final class CopyNotes {
    static final String COUNTS = "counts.json";
    static final String CREATED = "created.json";
    static final String DESTINATION = "destination.json";
    private static final int FORMAT = 1;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final StepContext context;
    private final KeptData kept;

    CopyNotes(String name, StepContext context) {
        this.context = context;
        this.kept = KeptData.named(CopyMark.configMap(name, context), context);
    }

    String configMap() {
        return kept.name();
    }

    /** Where copies of a step that is cancelled are to be looked for. It names a Secret and contains none. */
    void begin(Connection destination, String name) {
        ObjectNode note = MAPPER.createObjectNode().put("format", FORMAT).put("name", name);
        note.set("connection", MAPPER.valueToTree(destination));
        put(DESTINATION, note);
    }

    /** Whether copies were begun and not taken back since. */
    boolean areThere() {
        Map<String, String> data = kept.read().orElse(Map.of());
        return data.containsKey(DESTINATION) || data.containsKey(CREATED);
    }

    /** The indices that copies have made: what each is told from later ones by, or nothing if it was only about to be made. */
    SortedMap<String, String> created() {
        SortedMap<String, String> created = new TreeMap<>();
        read(CREATED)
                .path("indices")
                .properties()
                .forEach(index -> created.put(index.getKey(), index.getValue().asText()));
        return created;
    }

    /** Whether the copies are of a run that counts no more: the source may have changed since, with counts that are the same. */
    boolean areOutdated() {
        return !created().isEmpty() && read(CREATED).path("attempt").asInt() < context.firstAttempt();
    }

    void putCreated(String index, String uuid) {
        SortedMap<String, String> created = created();
        int attempt = read(CREATED).path("attempt").asInt(context.attempt().attempt());
        if (!uuid.equals(created.put(index, uuid))) {
            ObjectNode note = MAPPER.createObjectNode().put("format", FORMAT).put("attempt", attempt);
            note.set("indices", MAPPER.valueToTree(created));
            put(CREATED, note);
        }
    }

    void putCounts(String source, String destination, Map<String, Long> counts) {
        ObjectNode note = MAPPER.createObjectNode()
                .put("format", FORMAT)
                .put("source", source)
                .put("destination", destination);
        note.set("indices", MAPPER.valueToTree(counts));
        put(COUNTS, note);
    }

    /** The copies are gone. */
    void forget() {
        Map<String, String> data = new TreeMap<>(kept.read().orElse(Map.of()));
        if (data.keySet().removeAll(Set.of(COUNTS, CREATED, DESTINATION))) {
            kept.write(data);
        }
    }

    private void put(String key, JsonNode note) {
        Map<String, String> data = new TreeMap<>(kept.read().orElse(Map.of()));
        String before = data.put(key, note.toString());
        if (!note.toString().equals(before)) {
            kept.write(data);
        }
    }

    private JsonNode read(String key) {
        String text = kept.read().orElse(Map.of()).get(key);
        try {
            return text == null ? MAPPER.createObjectNode() : MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw ActionException.permanent(
                    "note-damaged",
                    "expected the key " + key + " of ConfigMap " + kept.name() + " to be JSON, came something else: "
                            + e.getOriginalMessage());
        }
    }
}
