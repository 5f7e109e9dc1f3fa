package io.upstep.planner.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The actions, checks and probes that recipes name, with the keys they may have: no typing error reaches an executor. */
class BuiltInVocabularyTest {
    private static final Map<String, Set<String>> KNOWN = Map.ofEntries(
            Map.entry("noop", Set.of("message", "duration")),
            Map.entry("kubernetes.apply", Set.of("manifests")),
            Map.entry("kubernetes.delete", Set.of("kind", "apiVersion", "name", "selector", "propagation")),
            Map.entry("kubernetes.scale", Set.of("kind", "apiVersion", "name", "selector", "replicas")),
            Map.entry(
                    "kubernetes.set-image",
                    Set.of("kind", "apiVersion", "name", "selector", "containers", "image", "tag")),
            Map.entry("kubernetes.patch", Set.of("kind", "apiVersion", "name", "selector", "type", "patch")),
            Map.entry("kubernetes.rollout-restart", Set.of("kind", "apiVersion", "name", "selector")),
            Map.entry(
                    "kubernetes.run-job",
                    Set.of(
                            "name",
                            "image",
                            "command",
                            "args",
                            "env",
                            "envFrom",
                            "serviceAccount",
                            "backoffLimit",
                            "deadline",
                            "fromDeployment")),
            Map.entry("kubernetes.wait", Set.of("kind", "apiVersion", "name", "selector", "condition", "timeout")),
            Map.entry("kubernetes.save-objects", Set.of("kinds", "selector", "names", "into")),
            Map.entry("kubernetes.restore-objects", Set.of("from", "kinds", "names", "selector")),
            Map.entry("kubernetes.rollout-complete", Set.of("kind", "apiVersion", "name", "selector")),
            Map.entry("kubernetes.pods-healthy", Set.of("selector", "kind", "name", "minReadySeconds", "maxRestarts")),
            Map.entry(
                    "kubernetes.version",
                    Set.of(
                            "kind",
                            "apiVersion",
                            "name",
                            "selector",
                            "from",
                            "key",
                            "container",
                            "image",
                            "expected",
                            "sources")),
            Map.entry("kubernetes.object", Set.of("kind", "apiVersion", "name", "selector", "present", "count")),
            Map.entry("http.status", Set.of("service", "url", "port", "path", "expected")),
            Map.entry("http.json", Set.of("service", "url", "port", "path", "pointer", "expected")),
            Map.entry("kubernetes.installed", Set.of("kind", "apiVersion", "name", "selector")),
            Map.entry("kubernetes.volume-kind", Set.of("kind", "name", "volume")),
            Map.entry("kubernetes.field", Set.of("kind", "apiVersion", "name", "selector", "pointer", "expected")),
            Map.entry("kubernetes.count", Set.of("kind", "apiVersion", "selector", "expected")),
            Map.entry("kubernetes.server-version", Set.of()),
            Map.entry("helm.pull", Set.of("charts", "into", "modernize")),
            Map.entry("helm.save", Set.of("into", "release")),
            Map.entry(
                    "helm.upgrade",
                    Set.of(
                            "release",
                            "chart",
                            "values",
                            "install",
                            "hooks",
                            "wait",
                            "timeout",
                            "replace",
                            "takeOwnership")),
            Map.entry("helm.uninstall", Set.of("release", "hooks", "keepHistory", "timeout", "mayBeAbsent")),
            Map.entry("helm.rollback", Set.of("release", "from", "replace", "hooks", "timeout")),
            Map.entry("helm.recover", Set.of("release")),
            Map.entry(
                    "kubernetes.delete-leftovers",
                    Set.of("kinds", "selectors", "namePrefixes", "allow", "keep", "keepNamedIn")),
            Map.entry("config.migrate", Set.of("rules", "values", "into", "answers")),
            Map.entry("postgres.backup", Set.of("connection", "name", "tables")),
            Map.entry("postgres.prove", Set.of("connection", "name", "scratch", "database")),
            Map.entry("postgres.drop-scratch", Set.of("connection", "name", "database")),
            Map.entry("postgres.drop-kept", Set.of("connection")),
            Map.entry("postgres.restore", Set.of("connection", "name", "owner")),
            Map.entry("postgres.assert", Set.of("connection", "query", "expected")),
            Map.entry("helm.release", Set.of("release", "chart", "chartVersion", "status", "as")),
            Map.entry("helm.values", Set.of("release", "redact")),
            Map.entry("kubernetes.data-survival", Set.of("kind", "name", "volume", "release")),
            Map.entry("kubernetes.leftovers", Set.of("kinds", "selectors", "namePrefixes")),
            Map.entry("kubernetes.absent", Set.of("kind", "apiVersion", "names", "selector")),
            Map.entry("kubernetes.service-ports", Set.of("name", "ports")),
            Map.entry("postgres.query", Set.of("connection", "query", "as", "ifNoTable", "expected")),
            Map.entry("postgres.server-version", Set.of("connection")),
            Map.entry("postgres.restore-point", Set.of("name", "connection", "database")),
            Map.entry("postgres.same-data", Set.of("name", "connection", "tables", "ignore", "compare", "renamed")));

    @Test
    void shouldNameOnlyKnownActionsChecksAndProbesWithTheirKeys() {
        Catalogue catalogue = Recipes.builtIn();

        List<String> unknown = catalogue.platforms().stream()
                .map(platform -> catalogue.find(platform.name()).orElseThrow())
                .flatMap(BuiltInVocabularyTest::unknown)
                .toList();

        assertThat(unknown).isEmpty();
    }

    @Test
    void shouldLookAtTheImageInEveryStepThatSetsOne() {
        Catalogue catalogue = Recipes.builtIn();

        List<RecipeSpec.Step> setting = catalogue.platforms().stream()
                .flatMap(platform -> catalogue.find(platform.name()).orElseThrow().recipes().stream())
                .flatMap(recipe -> recipe.spec().steps().stream())
                .filter(BuiltInVocabularyTest::setsAnImage)
                .toList();

        assertThat(setting).hasSizeGreaterThan(6).allSatisfy(step -> assertThat(step.checks())
                .as(step.id())
                .anyMatch(check -> check.check().equals("kubernetes.version")
                        && check.with().path("from").asText().equals("image")));
    }

    @Test
    void shouldLookWhetherTheOldImageRunsInEveryUndoOfAStepThatSetsOne() {
        Catalogue catalogue = Recipes.builtIn();

        List<RecipeSpec.Undo> undos = catalogue.platforms().stream()
                .flatMap(platform -> catalogue.find(platform.name()).orElseThrow().recipes().stream())
                .flatMap(recipe -> recipe.spec().steps().stream())
                .filter(BuiltInVocabularyTest::setsAnImage)
                .map(RecipeSpec.Step::undo)
                .toList();

        assertThat(undos).hasSizeGreaterThan(6).allSatisfy(undo -> assertThat(undo.checks())
                .as(undo.title())
                .anyMatch(check -> check.check().equals("kubernetes.rollout-complete"))
                .anyMatch(check -> check.check().equals("kubernetes.version")
                        && check.with().path("from").asText().equals("image")
                        && check.with().path("expected").asText().equals("${from}")));
    }

    @Test
    void shouldPutBackOnlyWhatTheSameRecipeSavedAndNeverAllOfIt() {
        Catalogue catalogue = Recipes.builtIn();

        List<Recipe> recipes = catalogue.platforms().stream()
                .flatMap(platform -> catalogue.find(platform.name()).orElseThrow().recipes().stream())
                .toList();

        assertThat(recipes).hasSizeGreaterThan(3).allSatisfy(recipe -> {
            List<String> saved = recipe.spec().steps().stream()
                    .filter(step -> step.action().equals("kubernetes.save-objects"))
                    .map(step -> step.with().get("into").asText())
                    .toList();
            assertThat(restored(recipe)).as(recipe.name()).allSatisfy(with -> {
                assertThat(saved).contains(with.get("from").asText());
                assertThat(with.has("names") || with.has("selector")).isTrue();
            });
            assertThat(restored(recipe).size()
                            + undos(recipe, "helm.rollback").size()
                            + undos(recipe, "helm.uninstall").size())
                    .as(recipe.name())
                    .isPositive();
        });
    }

    @Test
    void shouldPutBackTheReleaseThatTheSameRecipeSavedAndUseOnlyChartsAndValuesItStored() {
        List<Recipe> recipes = Recipes.builtIn().platforms().stream()
                .flatMap(platform -> Recipes.builtIn().find(platform.name()).orElseThrow().recipes().stream())
                .filter(recipe -> !with(recipe, "helm.upgrade").isEmpty())
                .toList();

        assertThat(recipes).hasSizeGreaterThan(10).allSatisfy(recipe -> {
            assertThat(undos(recipe, "helm.rollback"))
                    .extracting(with -> with.get("from"))
                    .as(recipe.name())
                    .isEqualTo(with(recipe, "helm.save").stream()
                            .map(with -> with.get("into"))
                            .toList());
            assertThat(with(recipe, "helm.upgrade"))
                    .extracting(with -> with.at("/chart/from"))
                    .as(recipe.name())
                    .containsOnly(with(recipe, "helm.pull").get(0).get("into"));
            List<String> stored = with(recipe, "config.migrate").stream()
                    .map(with -> with.get("into").asText())
                    .toList();
            assertThat(with(recipe, "helm.upgrade")).as(recipe.name()).allSatisfy(with -> assertThat(stored)
                    .containsAll(with.get("values").findValuesAsText("secret")));
        });
    }

    private static List<ObjectNode> with(Recipe recipe, String action) {
        return recipe.spec().steps().stream()
                .filter(step -> step.action().equals(action))
                .map(RecipeSpec.Step::with)
                .toList();
    }

    private static List<ObjectNode> undos(Recipe recipe, String action) {
        return recipe.spec().steps().stream()
                .map(RecipeSpec.Step::undo)
                .filter(undo -> undo != null && action.equals(undo.action()))
                .map(RecipeSpec.Undo::with)
                .toList();
    }

    private static List<ObjectNode> restored(Recipe recipe) {
        return recipe.spec().steps().stream()
                .map(RecipeSpec.Step::undo)
                .filter(undo -> undo != null && "kubernetes.restore-objects".equals(undo.action()))
                .map(RecipeSpec.Undo::with)
                .toList();
    }

    private static boolean setsAnImage(RecipeSpec.Step step) {
        return step.action().equals("kubernetes.set-image")
                || step.with().path("patch").findValuesAsText("path").stream()
                        .anyMatch(path -> path.endsWith("/image"));
    }

    private static Stream<String> unknown(Platform platform) {
        List<String> unknown = new ArrayList<>();
        platform.spec()
                .facts()
                .forEach((name, fact) -> unknown.addAll(unknown(platform.file(), fact.probe(), fact.with())));
        for (Recipe recipe : platform.recipes()) {
            for (RecipeSpec.Step step : recipe.spec().steps()) {
                unknown.addAll(unknown(recipe.name(), step.action(), step.with()));
                unknown.addAll(unknown(recipe.name(), step.checks()));
                if (step.undo() != null && !step.undo().isNothing()) {
                    unknown.addAll(unknown(
                            recipe.name(), step.undo().action(), step.undo().with()));
                    unknown.addAll(unknown(recipe.name(), step.undo().checks()));
                }
            }
            unknown.addAll(unknown(recipe.name(), recipe.spec().exit()));
            unknown.addAll(unknown(recipe.name(), recipe.spec().undone()));
        }
        return unknown.stream();
    }

    private static List<String> unknown(String file, List<RecipeSpec.Check> checks) {
        return checks.stream()
                .flatMap(check -> unknown(file, check.check(), check.with()).stream())
                .toList();
    }

    private static List<String> unknown(String file, String name, ObjectNode with) {
        if (!KNOWN.containsKey(name)) {
            return List.of(file + ": " + name);
        }
        List<String> unknown = new ArrayList<>();
        with.fieldNames().forEachRemaining(key -> {
            if (!KNOWN.get(name).contains(key)) {
                unknown.add(file + ": " + name + " has no '" + key + "'");
            }
        });
        return unknown;
    }
}
