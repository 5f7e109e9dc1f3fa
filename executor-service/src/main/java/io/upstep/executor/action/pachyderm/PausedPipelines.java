package io.upstep.executor.action.pachyderm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.kubernetes.KeptData;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which pipelines there were before they were paused, and which of them were running. */
final class PausedPipelines {
    private static final String KEY = "pipelines.json";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final KeptData kept;

    PausedPipelines(String name, StepContext context) {
        kept = KeptData.named(Names.configMap(name, context), context);
    }

    String configMap() {
        return kept.name();
    }

    /** By name, whether each was running; empty if nobody has noted it. */
    Optional<Map<String, Boolean>> read() {
        return kept.read().map(data -> data.get(KEY)).map(this::parsed);
    }

    private Map<String, Boolean> parsed(String json) {
        try {
            JsonNode running = MAPPER.readTree(json).path("running");
            Map<String, Boolean> read = new TreeMap<>();
            running.properties()
                    .forEach(entry -> read.put(entry.getKey(), entry.getValue().asBoolean()));
            return read;
        } catch (JsonProcessingException e) {
            throw ActionException.permanent(
                    "note-damaged", "expected JSON under " + KEY + " of ConfigMap " + kept.name());
        }
    }

    /** What was noted first stays; one that was made between two attempts is noted by the later. */
    Map<String, Boolean> note(List<Pipeline> pipelines) {
        Optional<Map<String, Boolean>> noted = read();
        Map<String, Boolean> all = new TreeMap<>(noted.orElse(Map.of()));
        pipelines.forEach(pipeline -> all.putIfAbsent(pipeline.name(), !pipeline.stopped()));
        if (noted.isEmpty() || all.size() > noted.get().size()) {
            ObjectNode json = MAPPER.createObjectNode().put("format", 1);
            all.forEach(json.putObject("running")::put);
            kept.write(Map.of(KEY, json.toString()));
        }
        return all;
    }
}
