package io.upstep.verifier.check.elasticsearch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.cluster.Kind;
import io.upstep.verifier.cluster.KubeObject;
import io.upstep.verifier.cluster.NoAnswerException;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a reindex of the plan has noted.
 *
 * @param configMap where
 * @param counts how many documents it has seen on both sides, by index
 */
record CopyNote(String configMap, SortedMap<String, Long> counts) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FORMAT = 1;
    private static final int SHORT_ID = 8;
    private static final String KEY = "counts.json";

    /** @throws NoAnswerException if there is none, or it cannot be read */
    static CopyNote find(String name, CheckContext context) {
        String plan = context.plan();
        String configMap = "upstep-reindex-"
                + plan.substring(0, Math.min(SHORT_ID, plan.length())).toLowerCase(Locale.ROOT) + "-" + name;
        KubeObject found = context.cluster()
                .get(Kind.builtIn("ConfigMap"), context.namespace(), configMap)
                .orElseThrow(() -> new NoAnswerException("expected ConfigMap " + configMap + " in namespace "
                        + context.namespace() + " with what the reindex " + name + " has copied, and there is none"));
        String of = found.label("upstep.io/plan");
        if (of != null && !of.equals(plan)) {
            throw new NoAnswerException("expected " + found + " to be of plan " + plan + ", it is of " + of);
        }
        return new CopyNote(configMap, read(found));
    }

    private static SortedMap<String, Long> read(KubeObject found) {
        String text = found.at("/data").path(KEY).asText("");
        if (text.isEmpty()) {
            throw new NoAnswerException("expected the key " + KEY + " in " + found + ": the copy has not ended yet");
        }
        try {
            JsonNode note = JSON.readTree(text);
            if (note.path("format").asInt() != FORMAT || !note.path("indices").isObject()) {
                throw new NoAnswerException("expected " + KEY + " of " + found + " to have format " + FORMAT);
            }
            SortedMap<String, Long> counts = new TreeMap<>();
            note.path("indices")
                    .properties()
                    .forEach(
                            index -> counts.put(index.getKey(), index.getValue().asLong()));
            return counts;
        } catch (JsonProcessingException e) {
            throw new NoAnswerException(KEY + " of " + found + " is no JSON: " + e.getOriginalMessage(), e);
        }
    }
}
