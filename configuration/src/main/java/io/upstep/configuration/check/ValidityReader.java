package io.upstep.configuration.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.configuration.report.Problem.Level;
import io.upstep.configuration.rule.Condition;
import io.upstep.configuration.rule.ConditionReader;
import io.upstep.configuration.rule.Pattern;
import java.util.ArrayList;
import java.util.List;

/** Reads from a rule file what the target version takes. */
public final class ValidityReader {
    private ValidityReader() {}

    /**
     * @param file a whole rule file, with tables and schemas put in
     * @throws IllegalArgumentException with what was expected and what came
     */
    public static Validity read(JsonNode file) {
        JsonNode valid = file.path("valid");
        return new Validity(known(file), level(valid.path("unknown"), Level.WARNING), schema(valid), sentences(valid));
    }

    private static KnownKeys known(JsonNode file) {
        if (file.has("knownFrom")) {
            throw new IllegalArgumentException("expected the keys of 'knownFrom' to be put in, came the table's name");
        }
        List<String> keys = new ArrayList<>();
        file.path("known").forEach(key -> keys.add(key.asText()));
        return file.has("known") ? KnownKeys.of(keys) : null;
    }

    private static SchemaCheck schema(JsonNode valid) {
        JsonNode schema = valid.path("schema");
        if (schema.isTextual()) {
            throw new IllegalArgumentException("expected the schema to be put in, came the file's name");
        }
        return schema.isObject() ? SchemaCheck.of(schema) : null;
    }

    private static List<Requirement> sentences(JsonNode valid) {
        List<Requirement> sentences = new ArrayList<>();
        for (JsonNode sentence : valid.path("require")) {
            try {
                sentences.add(sentence(sentence));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("require[" + sentences.size() + "]: " + e.getMessage(), e);
            }
        }
        return List.copyOf(sentences);
    }

    private static Requirement sentence(JsonNode node) {
        return new Requirement(
                pattern(node.path("each")),
                node.has("when") ? ConditionReader.read(node.get("when")) : Condition.ALWAYS,
                ConditionReader.read(node.path("must")),
                pattern(node.path("at")),
                node.path("otherwise").asText(),
                node.path("remedy").asText(),
                level(node.path("level"), Level.ERROR),
                node.path("source").asText(null));
    }

    private static Pattern pattern(JsonNode text) {
        return text.isMissingNode() ? null : Pattern.of(text.asText());
    }

    private static Level level(JsonNode text, Level otherwise) {
        return switch (text.asText("")) {
            case "error" -> Level.ERROR;
            case "warning" -> Level.WARNING;
            default -> otherwise;
        };
    }
}
