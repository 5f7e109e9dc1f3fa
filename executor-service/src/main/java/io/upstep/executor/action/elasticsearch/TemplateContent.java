package io.upstep.executor.action.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What an index template says, however it is written: servers give back another spelling than they were given. */
record TemplateContent(
        SortedSet<String> patterns, int order, Map<String, String> settings, JsonNode mappings, JsonNode aliases) {

    static TemplateContent of(JsonNode template) {
        JsonNode patterns =
                template.has("index_patterns") ? template.path("index_patterns") : template.path("template");
        Map<String, String> settings = new TreeMap<>();
        flatten("", template.path("settings"), settings);
        return new TemplateContent(
                texts(patterns),
                template.path("order").asInt(),
                settings,
                object(template.path("mappings")),
                object(template.path("aliases")));
    }

    private static SortedSet<String> texts(JsonNode patterns) {
        SortedSet<String> texts = new TreeSet<>();
        if (patterns.isTextual()) {
            texts.add(patterns.asText());
        }
        patterns.forEach(pattern -> texts.add(pattern.asText()));
        return texts;
    }

    /** {@code {index: {number_of_shards: 1}}} and {@code {number_of_shards: "1"}} are the same. */
    private static void flatten(String prefix, JsonNode settings, Map<String, String> into) {
        settings.properties().forEach(setting -> {
            JsonNode value = setting.getValue();
            String key = prefix.isEmpty() ? setting.getKey() : prefix + "." + setting.getKey();
            if (value.isObject()) {
                flatten(key, value, into);
            } else {
                into.put(key.replaceFirst("^index\\.", ""), value.isArray() ? value.toString() : value.asText());
            }
        });
    }

    private static JsonNode object(JsonNode node) {
        return node.isObject() ? node : JsonNodeFactory.instance.objectNode();
    }
}
