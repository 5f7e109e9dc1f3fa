package io.upstep.executor.action.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.upstep.executor.action.ActionException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/** The indices of one node. */
record Indices(Node node) {
    /** @throws ActionException {@code no-indices}, {@code index-closed} */
    SortedSet<String> matching(Collection<String> patterns) {
        SortedSet<String> names = new TreeSet<>();
        for (String pattern : patterns) {
            Answer answer = node.get("/_cat/indices/" + encoded(pattern) + "?format=json&h=index,status");
            if (!answer.isMissing()) {
                answer.required("listing the indices " + pattern + " of " + node)
                        .body()
                        .forEach(index -> {
                            requireOpen(index);
                            names.add(index.path("index").asText());
                        });
            }
        }
        // They are the node's own, unless somebody asks for them.
        names.removeIf(name -> name.startsWith(".") && patterns.stream().noneMatch(asked -> asked.startsWith(".")));
        if (names.isEmpty()) {
            throw ActionException.permanent(
                    "no-indices", "expected " + node + " to have indices " + patterns + ", and it has none of them");
        }
        return names;
    }

    private void requireOpen(JsonNode index) {
        if (index.path("status").asText().equals("close")) {
            throw ActionException.permanent(
                    "index-closed",
                    "expected index " + index.path("index").asText() + " of " + node
                            + " to be open, it is closed, and its documents cannot be read; open it (POST /"
                            + index.path("index").asText() + "/_open) or leave it out of 'indices'");
        }
    }

    /** What has arrived, searchable or not yet. Empty if there is no such index. */
    OptionalLong settledCount(String index) {
        if (node.post("/" + encoded(index) + "/_refresh").isMissing()) {
            return OptionalLong.empty();
        }
        return count(index);
    }

    /** What can be found. Empty if there is no such index. */
    OptionalLong count(String index) {
        Answer answer = node.get("/" + encoded(index) + "/_count");
        if (answer.isMissing()) {
            return OptionalLong.empty();
        }
        JsonNode body = answer.required("counting " + index + " on " + node).body();
        JsonNode shards = body.path("_shards");
        if (shards.path("failed").asInt() > 0
                || shards.path("successful").asInt() < shards.path("total").asInt()) {
            // What is in a shard that is away is not gone: no count at all is better than that of the others.
            throw ActionException.passing(
                    "index-incomplete",
                    "expected all shards of " + index + " on " + node + " to be counted, only "
                            + shards.path("successful").asInt() + " of "
                            + shards.path("total").asInt() + " were; see _cluster/health");
        }
        return OptionalLong.of(body.path("count").asLong());
    }

    /** What tells the index from a later one of the same name. Empty if there is none. */
    Optional<String> uuid(String index) {
        Answer answer = settings(index);
        return answer.isMissing()
                ? Optional.empty()
                : Optional.of(answer.required("reading the settings of " + index + " on " + node)
                        .body()
                        .path(index)
                        .at("/settings/index/uuid")
                        .asText());
    }

    /** Made with what its templates say. One that is there already is left as it is. */
    void create(String index) {
        Answer answer = node.put("/" + encoded(index), JsonNodeFactory.instance.objectNode());
        if (!answer.body().at("/error/type").asText().equals("resource_already_exists_exception")) {
            answer.required("creating index " + index + " on " + node);
        }
    }

    /** Gone already is as good. */
    void delete(String index) {
        Answer answer = node.delete("/" + encoded(index));
        if (!answer.isMissing()) {
            answer.required("deleting index " + index + " on " + node);
        }
    }

    /** @throws ActionException {@code destination-read-only} */
    void requireWritable(String index) {
        Answer answer = settings(index);
        if (answer.isGood()
                && answer.body()
                        .path(index)
                        .at("/settings/index/blocks/read_only_allow_delete")
                        .asBoolean()) {
            throw CopyFailures.readOnly(index, node, "index [" + index + "] is read-only / allow delete");
        }
    }

    private Answer settings(String index) {
        return node.get("/" + encoded(index) + "/_settings");
    }

    static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8);
    }
}
