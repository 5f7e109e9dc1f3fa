package io.upstep.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.configuration.document.Document;
import io.upstep.configuration.report.Line;
import io.upstep.configuration.report.Problem;
import java.util.List;

/** Short ways to write rules in tests. */
final class Rules {
    private Rules() {}

    /** @param yaml the fields of a rule file; title, source and edge may be left out */
    static RuleFile file(String yaml) {
        ObjectNode json = (ObjectNode) Document.read(yaml).json();
        if (!json.has("title")) {
            json.put("title", "test rules").put("source", "a test");
        }
        if (!json.has("edge")) {
            json.putObject("edge").put("from", ">=1 <2").put("to", ">=2 <3");
        }
        return RuleFile.of(json);
    }

    /** @param rules one rule a line, as YAML flow maps */
    static Migration migration(String... rules) {
        return Migration.of(List.of(file("rules:\n- " + String.join("\n- ", rules) + "\n")));
    }

    static List<String> lines(Result result) {
        return result.report().leaves().stream().map(Line::text).toList();
    }

    static List<String> problems(Result result) {
        return result.problems().stream().map(Problem::text).toList();
    }

    static JsonNode json(String yaml) {
        return Document.read(yaml).json();
    }
}
