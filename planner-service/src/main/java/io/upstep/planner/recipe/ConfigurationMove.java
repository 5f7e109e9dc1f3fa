package io.upstep.planner.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.upstep.configuration.Migration;
import io.upstep.configuration.Result;
import io.upstep.configuration.RuleFile;
import io.upstep.configuration.Rulebook;
import io.upstep.configuration.Way;
import io.upstep.configuration.document.UnreadableException;
import io.upstep.planner.plan.ConfigurationChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Moves the installation's configuration from edge to edge, as far as can be shown before anything is done: the secrets are
 * not in it. What the new version would refuse refuses the plan.
 */
final class ConfigurationMove {
    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER));
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Optional<Rulebook> rulebook;
    private final List<ConfigurationChange> changes = new ArrayList<>();
    private String current;

    ConfigurationMove(Optional<Rulebook> rulebook) {
        this.rulebook = rulebook;
    }

    List<ConfigurationChange> changes() {
        return List.copyOf(changes);
    }

    /**
     * The scope of the edge's steps, in which the rules have their name; the same if the edge leaves the configuration alone.
     *
     * @param last whether no further edge follows: then what a person gives is put over the result
     */
    Scope across(UpgradeGraph.Hop hop, Scope scope, boolean last) throws RefusedException, CannotEvaluate {
        Recipe.Configuration wanted = hop.recipe().configuration();
        if (wanted == null) {
            return scope;
        }
        if (current == null) {
            current = yaml(json(wanted.of(), scope));
        }
        List<RuleFile> rules = rules(hop, wanted.document());
        Map<String, JsonNode> answers = last ? answers(wanted, scope) : Map.of();
        if (!rules.isEmpty() || !answers.isEmpty()) {
            move(hop, rules, answers);
        }
        ArrayNode documents = JsonNodeFactory.instance.arrayNode();
        rules.forEach(rule -> documents.add(rule.json()));
        return scope.with(Vocabulary.CONFIGURATION, CelValues.fromJson(documents));
    }

    private void move(UpgradeGraph.Hop hop, List<RuleFile> rules, Map<String, JsonNode> answers)
            throws RefusedException {
        Result result = run(hop, Migration.of(rules).withAnswers(answers));
        if (!result.valid()) {
            throw new RefusedException(Refusals.configurationInvalid(hop, result.problems()));
        }
        changes.add(new ConfigurationChange(
                hop.from().text(),
                hop.to().text(),
                current,
                result.config(),
                JSON.valueToTree(result.report()),
                JSON.valueToTree(result.problems())));
        current = result.config();
    }

    private Result run(UpgradeGraph.Hop hop, Migration migration) throws RefusedException {
        try {
            return migration.run(current);
        } catch (UnreadableException e) {
            throw new RefusedException(Refusals.configurationUnreadable(hop, e.getMessage()));
        }
    }

    /** Few rules lead back. Without them the configuration stays as it is, which a recipe that goes back answers for. */
    private List<RuleFile> rules(UpgradeGraph.Hop hop, String document) throws RefusedException {
        if (rulebook.isEmpty() || hop.from().equals(VersionNumber.NONE)) {
            return List.of();
        }
        Way way = rulebook.get().way(document, hop.from().text(), hop.to().text());
        if (way instanceof Way.Closed && hop.to().isLowerThan(hop.from())) {
            return List.of();
        }
        if (way instanceof Way.Closed closed) {
            throw new RefusedException(Refusals.configurationClosed(hop, closed));
        }
        return ((Way.Open) way).files();
    }

    private static Map<String, JsonNode> answers(Recipe.Configuration wanted, Scope scope) throws CannotEvaluate {
        Map<String, JsonNode> answers = new LinkedHashMap<>();
        if (wanted.answers() != null) {
            json(wanted.answers(), scope).properties().forEach(entry -> answers.put(entry.getKey(), entry.getValue()));
        }
        return answers;
    }

    private static JsonNode json(Expression expression, Scope scope) throws CannotEvaluate {
        return CelValues.toJson(expression.value(scope)).orElseGet(JsonNodeFactory.instance::objectNode);
    }

    private static String yaml(JsonNode json) {
        try {
            return YAML.writeValueAsString(json.isNull() ? JsonNodeFactory.instance.objectNode() : json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("JSON that cannot be written as YAML", e);
        }
    }
}
