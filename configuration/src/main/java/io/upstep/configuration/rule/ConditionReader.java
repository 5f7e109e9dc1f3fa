package io.upstep.configuration.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/** Reads conditions from rule files. */
public final class ConditionReader {
    private ConditionReader() {}

    /** @throws IllegalArgumentException with what was expected and what came */
    public static Condition read(JsonNode node) {
        Fields fields = Fields.of(node);
        List<Condition> all = new ArrayList<>();
        fields.names().forEach(name -> all.addAll(one(name, fields)));
        return Condition.all(all);
    }

    private static List<Condition> one(String name, Fields fields) {
        return switch (name) {
            case "has" -> List.of(Condition.has(fields.pattern(name)));
            case "absent" -> List.of(Condition.has(fields.pattern(name)).negated());
            case "unique" -> List.of(Condition.unique(patterns(fields.value(name))));
            case "equals" -> fields.entries(name, (path, value) -> Condition.equal(Pattern.of(path), value));
            case "in" -> fields.entries(name, (path, values) -> Condition.some(Pattern.of(path), among(values)));
            case "matches" -> fields.entries(name, (path, regex) -> Condition.some(Pattern.of(path), matching(regex)));
            case "type" -> fields.entries(name, (path, type) -> Condition.some(Pattern.of(path), typed(type)));
            case "all" -> fields.list(name, ConditionReader::read);
            case "any" -> List.of(Condition.any(fields.list(name, ConditionReader::read)));
            case "atMostOne" -> List.of(Condition.atMostOne(fields.list(name, ConditionReader::read)));
            case "not" -> List.of(read(fields.value(name)).negated());
            default ->
                throw new IllegalArgumentException(
                        "expected has, absent, equals, in, matches, type, unique, all, any, atMostOne or not, came '"
                                + name + "'");
        };
    }

    private static List<Pattern> patterns(JsonNode paths) {
        return StreamSupport.stream((paths.isArray() ? paths : List.of(paths)).spliterator(), false)
                .map(path -> Pattern.of(path.asText()))
                .toList();
    }

    private static Predicate<JsonNode> among(JsonNode values) {
        List<JsonNode> all = StreamSupport.stream(values.spliterator(), false).toList();
        return all::contains;
    }

    private static Predicate<JsonNode> matching(JsonNode regex) {
        java.util.regex.Pattern pattern = java.util.regex.Pattern.compile(regex.asText());
        return value -> value.isValueNode() && pattern.matcher(value.asText()).find();
    }

    private static Predicate<JsonNode> typed(JsonNode type) {
        Type expected = Type.named(type.asText());
        return expected::fits;
    }
}
