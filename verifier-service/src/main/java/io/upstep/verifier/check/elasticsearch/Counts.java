package io.upstep.verifier.check.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.cluster.NoAnswerException;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts the documents of indices, as a search finds them. */
@ApplicationScoped
public class Counts {
    private final Nodes nodes;

    public Counts(Nodes nodes) {
        this.nodes = nodes;
    }

    /** By index. What cannot be counted in full is not counted at all. */
    SortedMap<String, Long> of(Connection connection, Collection<IndexPattern> patterns, CheckContext context) {
        SortedMap<String, Long> counts = new TreeMap<>();
        for (IndexPattern pattern : patterns) {
            for (String index : names(connection, pattern, context)) {
                if (!counts.containsKey(index)) {
                    counts.put(index, count(connection, index, null, context));
                }
            }
        }
        return counts;
    }

    private List<String> names(Connection connection, IndexPattern pattern, CheckContext context) {
        try {
            JsonNode listed =
                    nodes.get(connection, "/_cat/indices/" + pattern.text() + "?format=json&h=index,status", context);
            return listed.findValuesAsText("index").stream()
                    .filter(name -> !name.startsWith(".") || pattern.asksForHidden())
                    .toList();
        } catch (RefusedException e) {
            if (e.isMissing()) {
                return List.of();
            }
            throw e;
        }
    }

    /** @param query Elasticsearch's own; null for all documents */
    long count(Connection connection, String index, JsonNode query, CheckContext context) {
        JsonNode answer = nodes.get(connection, "/" + encoded(index) + "/_count", query, context);
        JsonNode shards = answer.path("_shards");
        if (shards.path("failed").asInt() > 0
                || shards.path("successful").asInt() < shards.path("total").asInt()) {
            throw new NoAnswerException("only " + shards.path("successful").asInt() + " of "
                    + shards.path("total").asInt() + " shards of " + index + " on " + connection + " answered");
        }
        return answer.path("count").asLong();
    }

    /** Names may have what addresses may not. */
    private static String encoded(String index) {
        return URLEncoder.encode(index, StandardCharsets.UTF_8);
    }
}
