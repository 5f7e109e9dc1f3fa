package io.upstep.planner.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads what clients send about configuration files, and says everything that is wrong with it. */
final class ConfigRequests {
    private static final int VERSION = 64;
    private static final int CONFIG = 1 << 20;
    private static final int NAME = 63;

    private ConfigRequests() {}

    static Wanted read(byte[] body) {
        JsonBody json = JsonBody.parse(body).only("from", "to", "config", "document", "answers");
        String from = json.text("from", VERSION);
        String to = json.text("to", VERSION);
        String config = json.text("config", CONFIG);
        String document = json.optionalText("document", NAME);
        Map<String, JsonNode> answers = new LinkedHashMap<>();
        json.optionalObject("answers").properties().forEach(entry -> answers.put(entry.getKey(), entry.getValue()));
        answers.keySet().stream()
                .filter(path -> !isPlace(path))
                .forEach(path -> json.wrong(
                        "answers",
                        "places as keys joined by single dots, without wildcards",
                        "another one",
                        "Correct it."));
        json.finish();
        return new Wanted(from, to, config, document == null ? "values" : document, answers);
    }

    private static boolean isPlace(String path) {
        return !path.contains("*") && path.matches("[^.].*[^.]|[^.]") && !path.contains("..");
    }

    /** A file that is to be moved, from one version to another. */
    record Wanted(String from, String to, String config, String document, Map<String, JsonNode> answers) {}
}
