package io.upstep.planner.recipe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Compiles one recipe: reads its ranges and type-checks every expression in it. */
final class RecipeCompiler {
    private final YamlDocument document;
    private final PlatformSpec platform;
    private final RecipeSpec spec;
    private final ExpressionCompiler compiler;
    private final Problems problems;

    /** @param shared compiles what uses no names of the recipe's own; it remembers what it has compiled */
    RecipeCompiler(
            YamlDocument document, PlatformSpec platform, ExpressionCompiler shared, List<RecipeProblem> problems) {
        this.document = document;
        this.platform = platform;
        this.spec = document.as(RecipeSpec.class);
        this.compiler = spec.shared().isEmpty()
                ? shared
                : new ExpressionCompiler(
                        Vocabulary.ofPlanning(platform, spec.shared().keySet()));
        this.problems = new Problems(document, problems);
    }

    Recipe compile() {
        requireUniqueIds();
        new UndoRules(spec, problems).check();
        new RestorePointRules(spec, problems).check();
        return new Recipe(
                document.file().name(),
                document.file().digest(),
                spec,
                edges(),
                installs(),
                problems.each("/when", spec.when(), when -> new Recipe.Condition(compiler.condition(when.is()), when)),
                warnings(),
                configuration(),
                shared(),
                steps(),
                checks("/exit", spec.exit()),
                checks("/undone", spec.undone()));
    }

    private List<Recipe.Edge> edges() {
        List<Recipe.Edge> edges = new ArrayList<>();
        eachEdge(false, edge -> edges.add(new Recipe.Edge(VersionRange.of(edge.from()), VersionRange.of(edge.to()))));
        return edges;
    }

    private List<VersionRange> installs() {
        List<VersionRange> installs = new ArrayList<>();
        eachEdge(true, edge -> installs.add(VersionRange.of(edge.to())));
        return installs;
    }

    private void eachEdge(boolean installing, Consumer<RecipeSpec.EdgeRange> use) {
        for (int i = 0; i < spec.edge().size(); i++) {
            RecipeSpec.EdgeRange edge = spec.edge().get(i);
            if (edge.installs() == installing) {
                problems.attempt("/edge/" + i, () -> {
                    use.accept(edge);
                    return edge;
                });
            }
        }
    }

    private void requireUniqueIds() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < spec.steps().size(); i++) {
            String id = spec.steps().get(i).id();
            if (!seen.add(id)) {
                problems.add(
                        "/steps/" + i + "/id",
                        FaultCode.DUPLICATE_ID,
                        "an id that no other step of the recipe has",
                        "'" + id + "' again",
                        "rename one of the steps");
            }
        }
    }

    private List<Recipe.Warning> warnings() {
        List<Recipe.Warning> warnings = new ArrayList<>();
        for (int i = 0; i < spec.warnings().size(); i++) {
            RecipeSpec.Warning warning = spec.warnings().get(i);
            String path = "/warnings/" + i;
            warnings.add(
                    new Recipe.Warning(condition(path, warning.when()), text(path + "/say", warning.say()), warning));
        }
        return warnings;
    }

    private Recipe.Configuration configuration() {
        RecipeSpec.Configuration said = spec.configuration();
        return said == null
                ? null
                : new Recipe.Configuration(
                        said.document(),
                        problems.attempt("/configuration/of", () -> compiler.compile(said.of())),
                        said.answers() == null
                                ? null
                                : problems.attempt("/configuration/answers", () -> compiler.compile(said.answers())));
    }

    private Shared shared() {
        spec.shared().keySet().stream()
                .filter(platform.shared()::containsKey)
                .forEach(name -> problems.add(
                        "/shared/" + name,
                        FaultCode.NAME_TAKEN,
                        "a name that the platform has not given",
                        "'" + name + "'",
                        "choose another name, or use the platform's"));
        return Shared.of(
                spec.shared(),
                new ExpressionCompiler(Vocabulary.ofEdge(platform, spec.shared().keySet())),
                "/shared",
                problems::add);
    }

    private List<StepTemplate> steps() {
        List<StepTemplate> steps = new ArrayList<>();
        for (int i = 0; i < spec.steps().size(); i++) {
            RecipeSpec.Step step = spec.steps().get(i);
            String path = "/steps/" + i;
            problems.attempt(path + "/limits", step.limits()::checked);
            steps.add(new StepTemplate(
                    step,
                    condition(path, step.when()),
                    text(path + "/title", step.title()),
                    with(path, step.with()),
                    checks(path + "/checks", step.checks()),
                    step.undo() == null ? null : undo(path + "/undo", step.undo())));
        }
        return steps;
    }

    private UndoTemplate undo(String path, RecipeSpec.Undo undo) {
        if (undo.isNothing()) {
            return new UndoTemplate(undo, text(path + "/nothing", undo.nothing()), null, null, List.of());
        }
        problems.attempt(path + "/limits", undo.limits()::checked);
        return new UndoTemplate(
                undo,
                null,
                text(path + "/title", undo.title()),
                with(path, undo.with()),
                checks(path + "/checks", undo.checks()));
    }

    private Template with(String path, ObjectNode with) {
        return Template.of(with, compiler, path + "/with", problems::add);
    }

    private List<CheckTemplate> checks(String path, List<RecipeSpec.Check> specs) {
        List<CheckTemplate> checks = new ArrayList<>();
        for (int i = 0; i < specs.size(); i++) {
            RecipeSpec.Check check = specs.get(i);
            String place = path + "/" + i;
            checks.add(new CheckTemplate(
                    check.check(), condition(place, check.when()), with(place, check.with()), check.within()));
        }
        return checks;
    }

    /** Null when there is none, or a wrong one that has been noted. */
    private Expression condition(String path, String when) {
        return when == null ? null : problems.attempt(path + "/when", () -> compiler.condition(when));
    }

    private Template text(String path, String text) {
        return Template.of(TextNode.valueOf(text), compiler, path, problems::add);
    }
}
