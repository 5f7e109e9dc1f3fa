package io.upstep.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.configuration.document.Document;
import io.upstep.configuration.document.Mapping;
import io.upstep.configuration.document.Path;
import io.upstep.configuration.document.Trees;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Documents and rules nobody would write. */
final class RandomDocuments {
    static final String SECRET = "hunter2-hunter2";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int DEPTH = 3;

    private RandomDocuments() {}

    static Migration migration(List<ObjectNode> rules) {
        ObjectNode file = JSON.objectNode().put("title", "random").put("source", "random");
        file.putObject("edge").put("from", ">=1 <2").put("to", ">=2 <3");
        file.putArray("rules").addAll(rules);
        return Migration.of(List.of(RuleFile.of(file)));
    }

    static String yaml(ObjectNode document) {
        return new Document("", (Mapping) Trees.of(document), List.of(), new Document.Spelling(true), List.of())
                .write()
                .text();
    }

    static Map<String, JsonNode> leaves(JsonNode document) {
        Map<String, JsonNode> leaves = new LinkedHashMap<>();
        gather(Path.ROOT, document, leaves);
        leaves.remove("");
        return leaves;
    }

    private static void gather(Path path, JsonNode node, Map<String, JsonNode> leaves) {
        if (node.isContainerNode() && !node.isEmpty()) {
            int number = 0;
            for (JsonNode item : node.isArray() ? node : List.<JsonNode>of()) {
                gather(path.child(String.valueOf(number++)), item, leaves);
            }
            node.properties().forEach(entry -> gather(path.child(entry.getKey()), entry.getValue(), leaves));
        } else {
            leaves.put(path.toString(), node);
        }
    }

    static Arbitrary<ObjectNode> documents() {
        return object(DEPTH);
    }

    private static Arbitrary<ObjectNode> object(int depth) {
        Arbitrary<String> keys = Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.of("a", "b", "c")),
                Tuple.of(1, Arbitraries.of("e.f", "0", "on", "x y", "#z", "password")));
        return Arbitraries.maps(keys, value(depth)).ofMaxSize(4).map(map -> {
            ObjectNode object = JSON.objectNode();
            map.forEach((key, value) -> object.set(key, key.equals("password") ? JSON.textNode(SECRET) : value));
            return object;
        });
    }

    private static Arbitrary<JsonNode> value(int depth) {
        Arbitrary<JsonNode> odd = Arbitraries.of(
                JSON.textNode("x"),
                JSON.textNode("y:z"),
                JSON.textNode("yes"),
                JSON.textNode("007"),
                JSON.textNode(""),
                JSON.textNode("two\nlines\n"),
                JSON.textNode("- {[*&!|>%@`'\""),
                JSON.numberNode(1),
                JSON.numberNode(2),
                JSON.numberNode(1.5),
                JSON.booleanNode(true),
                JSON.nullNode(),
                JSON.objectNode(),
                JSON.arrayNode());
        // Equal values often meet in one place, if there are few of them.
        Arbitrary<JsonNode> scalar = Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.of(JSON.textNode("x"), JSON.numberNode(1))), Tuple.of(1, odd));
        if (depth == 0) {
            return scalar;
        }
        Arbitrary<JsonNode> list = value(depth - 1).list().ofMaxSize(3).map(items -> JSON.arrayNode()
                .addAll(items));
        return Arbitraries.oneOf(scalar, object(depth - 1).map(object -> (JsonNode) object), list);
    }

    static Arbitrary<ObjectNode> rules(String names) {
        Arbitrary<String> from = path(names, true);
        Arbitrary<String> to = path(names, false);
        return Combinators.combine(
                        Arbitraries.frequencyOf(
                                Tuple.of(2, Arbitraries.integers().between(0, 15)),
                                Tuple.of(1, Arbitraries.of(0, 1, 5))),
                        from,
                        to,
                        to)
                .as(RandomDocuments::rule);
    }

    /** Sources are among a to d, targets among p to s: applied again, no rule finds anything to do. */
    static Arbitrary<ObjectNode> oneWayRules() {
        return Combinators.combine(
                        Arbitraries.of(0, 1, 2, 3, 4, 8), path("abcd", false), path("pqrs", false), path("pqrs", false))
                .as(RandomDocuments::rule);
    }

    private static Arbitrary<String> path(String names, boolean wildcards) {
        Arbitrary<String> name = Arbitraries.chars().with(names.toCharArray()).map(String::valueOf);
        Arbitrary<String> segment = wildcards
                ? Arbitraries.frequencyOf(Tuple.of(6, name), Tuple.of(1, Arbitraries.of("*", "**", "0")))
                : name;
        return Combinators.combine(segment.list().ofMaxSize(2), name).as((parents, last) -> {
            String path = String.join(".", parents);
            return path.isEmpty() ? last : path + "." + last;
        });
    }

    private static ObjectNode rule(int kind, String from, String to, String other) {
        ObjectNode rule = JSON.objectNode();
        switch (kind) {
            case 0 -> rule.put("move", from).put("to", to);
            case 1 -> rule.put("move", from).put("to", to).put("merge", true);
            case 2 -> rule.put("rename", from).put("to", to.substring(to.length() - 1));
            case 3 -> rule.put("remove", from).put("report", "Gone.");
            case 4 ->
                rule.put("split", from).put("at", ":").putArray("into").add(to).add("tail." + other);
            case 5 -> rule.put("merge", true).remove("merge");
            case 6 -> rule.put("copy", from).put("to", to);
            case 7 -> rule.put("default", to).put("value", "fresh");
            case 8 -> rule.put("remove", from).put("report", "Gone.").put("where", "web-ui");
            case 9 -> rule.put("set", to).putObject("value").put("k", 1);
            case 10 -> rule.put("set", to).put("value", 5);
            case 11 -> rule.put("wrap", from).put("in", "list");
            case 12 -> rule.put("wrap", from).put("in", "map").put("key", "d");
            case 13 -> rule.put("convert", from).put("to", "text");
            case 14 -> rule.put("map", from).putObject("values").put("x", "new").put("1", 2);
            default -> {
                ObjectNode inner = rule.put("each", from).putArray("rules").addObject();
                inner.put("move", other).put("to", to);
            }
        }
        return rule.isEmpty() ? merge(from, to, other) : rule;
    }

    private static ObjectNode merge(String from, String to, String other) {
        ObjectNode rule = JSON.objectNode();
        rule.putArray("merge").add(from).add(other);
        return rule.put("to", to).put("with", "+").put("distinct", from.length() > 2);
    }
}
