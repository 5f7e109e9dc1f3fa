package io.upstep.planner.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.upstep.configuration.RuleFile;
import io.upstep.configuration.RuleFolder;
import io.upstep.configuration.Rulebook;
import io.upstep.event.Fact;
import io.upstep.event.Installation;
import io.upstep.planner.plan.Resolver.Question;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Catalogues, questions and facts for tests. */
final class Recipes {
    static final BuiltInRecipes BUILT_IN = BuiltInRecipes.load();
    static final Installation INSTALLATION = new Installation("local", "polyaxon", "plx");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** A platform with versions 1.0.0 to 4.0.0 and a fact of each type. */
    static final String PLATFORM = """
            platform: demo
            title: Demo
            description: for tests
            versions: { scheme: semver, known: ["1.0.0", "2.0.0", "3.0.0", "4.0.0"] }
            downgrade: { allowed: parameters.back, reason: it forgets, alternative: restore it }
            parameters:
              - { name: back, type: boolean, default: false, description: whether to go back }
              - { name: size, type: integer, default: 3, description: how many }
              - { name: label, type: string, default: "app=${installation.release}", description: which }
            facts:
              installed: { type: boolean, probe: kubernetes.installed, with: { kind: Deployment, name: "${installation.release}" } }
              version: { type: text, probe: kubernetes.version, with: { sources: [ { kind: Deployment, selector: "${parameters.label}", from: image } ] } }
              volume: { type: text, probe: kubernetes.volume-kind, with: { kind: StatefulSet, name: db } }
              count: { type: integer, probe: kubernetes.count, with: { kind: Pod } }
            """;

    private Recipes() {}

    /** Compiled once: it takes its time, and nothing changes it. */
    static Catalogue builtIn() {
        return BuiltIn.CATALOGUE;
    }

    private static final class BuiltIn {
        static final Catalogue CATALOGUE = new Catalogue(BUILT_IN, List.of());
    }

    static Catalogue withFolder(Path folder) {
        return new Catalogue(BUILT_IN, RecipeFolder.read(folder, RecipeFile.Origin.USER));
    }

    /** A catalogue with the platform "demo" of these files, given as name and text by turns. */
    static Catalogue demo(String... namesAndTexts) {
        return new Catalogue(BUILT_IN, files(RecipeFile.Origin.USER, namesAndTexts));
    }

    /** The same with rules that move its configuration. */
    static Catalogue demo(List<String> rules, String... namesAndTexts) {
        List<RuleFile> files =
                rules.stream().map(text -> RuleFile.of(json(text))).toList();
        return new Catalogue(
                BUILT_IN,
                files(RecipeFile.Origin.USER, namesAndTexts),
                new RuleFolder.Loaded(Map.of("demo", new Rulebook("demo", files)), List.of()));
    }

    static List<RecipeFile> files(RecipeFile.Origin origin, String... namesAndTexts) {
        List<RecipeFile> files = new java.util.ArrayList<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            files.add(new RecipeFile("demo/" + namesAndTexts[i], namesAndTexts[i + 1], origin));
        }
        return files;
    }

    /** A recipe with one step that does nothing; further lines come at the top level. */
    static String recipe(String from, String to, String... lines) {
        return """
                title: from %s to %s
                source: test
                edge: { from: "%s", to: "%s" }
                steps:
                  - { id: step, title: "Go to ${to}", source: test, action: noop, reversibility: reversible, undo: { nothing: a test } }
                exit:
                  - { check: kubernetes.version, with: { expected: "${to}" } }
                """.formatted(from, to, from, to) + String.join("\n", lines);
    }

    static Question question(String platform, String target, String... parameters) {
        return new Question(
                platform, INSTALLATION, target, (ObjectNode) json("{" + String.join(",", parameters) + "}"), Set.of());
    }

    /** The same question of somebody who does without a restore point. */
    static Question without(String restorePoint, Question question) {
        return new Question(
                question.platform(),
                question.installation(),
                question.target(),
                question.parameters(),
                Set.of(restorePoint));
    }

    /** Facts as names and JSON values by turns. */
    static Map<String, Fact> facts(String... namesAndValues) {
        Map<String, Fact> facts = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            facts.put(namesAndValues[i], Fact.known(json(namesAndValues[i + 1]), "a test, " + namesAndValues[i]));
        }
        return facts;
    }

    static Map<String, Fact> with(Map<String, Fact> facts, String name, Fact fact) {
        Map<String, Fact> more = new LinkedHashMap<>(facts);
        more.put(name, fact);
        return more;
    }

    static JsonNode json(String text) {
        try {
            return YAML.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    static ObjectNode empty() {
        return JsonNodeFactory.instance.objectNode();
    }

    static List<String> messages(List<RecipeProblem> problems) {
        return problems.stream().map(RecipeProblem::toString).toList();
    }

    static List<String> ids(List<io.upstep.planner.plan.PlannedStep> steps) {
        return Arrays.asList(
                steps.stream().map(io.upstep.planner.plan.PlannedStep::id).toArray(String[]::new));
    }
}
