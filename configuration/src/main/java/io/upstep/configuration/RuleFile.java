package io.upstep.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.configuration.check.Validity;
import io.upstep.configuration.check.ValidityReader;
import io.upstep.configuration.rule.Guarded;
import io.upstep.configuration.rule.RuleReader;
import io.upstep.configuration.scan.Errand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The rules that move one kind of file across one edge of a platform's upgrade graph, read and checked. */
public final class RuleFile {
    private static final String VALUES = "values";

    private final JsonNode json;
    private final List<Edge> edges;
    private final List<Guarded> rules;
    private final Validity validity;
    private final List<Errand> checklist;

    private RuleFile(JsonNode json) {
        this.json = json.deepCopy();
        this.edges = edges(json.path("edge"));
        this.rules = items(json, "rules", RuleReader::read);
        this.validity = ValidityReader.read(json);
        this.checklist = items(json, "checklist", Errand::of);
    }

    /**
     * @param json the whole document, with its tables and schemas put in, as {@link #json} gives it
     * @throws IllegalArgumentException with what was expected and what came
     */
    public static RuleFile of(JsonNode json) {
        if (!json.isObject() || json.path("title").asText("").isBlank()) {
            throw new IllegalArgumentException("expected rules with a title, came " + json.getNodeType());
        }
        try {
            return new RuleFile(json);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + json.path("title").asText() + "': " + e.getMessage(), e);
        }
    }

    /** The document it was read from: complete, to be handed on. */
    public JsonNode json() {
        return json.deepCopy();
    }

    public String title() {
        return json.path("title").asText();
    }

    public String source() {
        return json.path("source").asText();
    }

    /** Which of the platform's files it is for. */
    public String document() {
        return json.path("document").asText(VALUES);
    }

    /** Why there is no way across, and what to do instead; empty if there are rules. */
    public Optional<Blocked> blocked() {
        JsonNode blocked = json.path("blocked");
        return blocked.isMissingNode()
                ? Optional.empty()
                : Optional.of(new Blocked(
                        blocked.path("reason").asText(), blocked.path("remedy").asText()));
    }

    List<Edge> edges() {
        return edges;
    }

    List<Guarded> rules() {
        return rules;
    }

    Validity validity() {
        return validity;
    }

    public List<Errand> checklist() {
        return checklist;
    }

    private static List<Edge> edges(JsonNode edge) {
        List<Edge> edges = new ArrayList<>();
        (edge.isArray() ? edge : List.of(edge)).forEach(one -> edges.add(Edge.of(one)));
        return List.copyOf(edges);
    }

    private static <T> List<T> items(JsonNode json, String field, Function<JsonNode, T> read) {
        List<T> items = new ArrayList<>();
        for (JsonNode item : json.path(field)) {
            try {
                items.add(read.apply(item));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(field + "[" + items.size() + "]: " + e.getMessage(), e);
            }
        }
        return List.copyOf(items);
    }

    @Override
    public String toString() {
        return title();
    }

    /** Between which versions rules lead. */
    record Edge(VersionRange from, VersionRange to) {
        static Edge of(JsonNode edge) {
            return new Edge(
                    VersionRange.of(edge.path("from").asText()),
                    VersionRange.of(edge.path("to").asText()));
        }
    }

    /** Why something cannot be migrated, and what to do instead. */
    public record Blocked(String reason, String remedy) {}
}
