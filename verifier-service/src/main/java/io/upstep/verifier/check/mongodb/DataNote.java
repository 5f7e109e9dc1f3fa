package io.upstep.verifier.check.mongodb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.cluster.Kind;
import io.upstep.verifier.cluster.KubeObject;
import io.upstep.verifier.cluster.NoAnswerException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What an executor has noted of databases in a plan: their collections as they were then.
 *
 * @param databases whose collections were noted
 * @param collections by their full names
 */
record DataNote(Set<String> databases, Map<String, Collection> collections) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SHORT_ID = 8;
    private static final int FORMAT = 1;
    private static final String DATA = "data.json";

    /**
     * A collection as it was.
     *
     * @param sampled how many documents the checksum is of
     */
    record Collection(long count, int sampled, String md5) {}

    static String configMap(String name, String plan) {
        return "upstep-mongodb-"
                + plan.substring(0, Math.min(SHORT_ID, plan.length())).toLowerCase(Locale.ROOT) + "-" + name;
    }

    /** @throws NoAnswerException if there is none, or it cannot be read */
    static DataNote find(String name, CheckContext context) {
        String configMap = configMap(name, context.plan());
        KubeObject found = context.cluster()
                .get(Kind.builtIn("ConfigMap"), context.namespace(), configMap)
                .orElseThrow(() -> new NoAnswerException("expected ConfigMap " + configMap + " in namespace "
                        + context.namespace() + " with the note " + name + ", and there is none"));
        String plan = found.label("upstep.io/plan");
        if (plan != null && !plan.equals(context.plan())) {
            throw new NoAnswerException(
                    "expected " + found + " to be of plan " + context.plan() + ", it is of " + plan);
        }
        return read(found);
    }

    private static DataNote read(KubeObject found) {
        try {
            JsonNode json = JSON.readTree(found.at("/data").path(DATA).asText("{}"));
            if (json.path("format").asInt() != FORMAT) {
                throw new NoAnswerException(found + " is no note that can be read: expected format " + FORMAT
                        + " in its key " + DATA + ", came " + json.path("format"));
            }
            Set<String> databases = new TreeSet<>();
            json.path("databases").forEach(database -> databases.add(database.asText()));
            Map<String, Collection> collections = new TreeMap<>();
            json.path("collections")
                    .properties()
                    .forEach(entry -> collections.put(entry.getKey(), of(entry.getValue())));
            return new DataNote(databases, collections);
        } catch (JsonProcessingException e) {
            throw new NoAnswerException(found + " is no note that can be read: " + e.getOriginalMessage(), e);
        }
    }

    private static Collection of(JsonNode json) {
        return new Collection(
                json.path("count").asLong(),
                json.path("sampled").asInt(),
                json.path("md5").asText());
    }

    long documents() {
        return collections.values().stream().mapToLong(Collection::count).sum();
    }
}
