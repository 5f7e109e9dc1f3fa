package io.upstep.planner.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every recipe that Upstep brings owes its reader: it looks whether it worked, and puts back what it itself saved. */
class BuiltInHabitsTest {

    @Test
    void shouldLookAtTheImageInEveryStepThatSetsOne() {
        Catalogue catalogue = Recipes.builtIn();

        List<RecipeSpec.Step> setting = catalogue.platforms().stream()
                .flatMap(platform -> catalogue.find(platform.name()).orElseThrow().recipes().stream())
                .flatMap(recipe -> recipe.spec().steps().stream())
                .filter(BuiltInHabitsTest::setsAnImage)
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
                .filter(BuiltInHabitsTest::setsAnImage)
                .map(RecipeSpec.Step::undo)
                .filter(undo -> undo.nothing() == null)
                .toList();

        assertThat(undos).hasSizeGreaterThan(6).allSatisfy(undo -> assertThat(undo.checks())
                .as(undo.title())
                .anyMatch(check -> check.check().equals("kubernetes.rollout-complete"))
                .anyMatch(check -> check.check().equals("kubernetes.version")
                        && check.with().path("from").asText().equals("image")
                        && check.with().path("expected").asText().equals("${from}")));
    }

    /** Where an image is set while nothing runs, what runs again is looked at once, when all was taken back. */
    @Test
    void shouldLookWhetherTheOldImageRunsInTheEndWhereAnImageIsNotTakenBackByItself() {
        List<RecipeSpec> recipes = Recipes.builtIn().platforms().stream()
                .flatMap(platform -> Recipes.builtIn().find(platform.name()).orElseThrow().recipes().stream())
                .map(Recipe::spec)
                .filter(recipe -> recipe.steps().stream()
                        .anyMatch(step -> setsAnImage(step) && step.undo().nothing() != null))
                .toList();

        assertThat(recipes).isNotEmpty().allSatisfy(recipe -> {
            assertThat(recipe.undone())
                    .as(recipe.title())
                    .anyMatch(check -> check.check().equals("kubernetes.rollout-complete"))
                    .anyMatch(check -> check.check().equals("kubernetes.version")
                            && check.with().path("from").asText().equals("image")
                            && check.with().path("expected").asText().equals("${from}"));
            assertThat(recipe.steps())
                    .as(recipe.title())
                    .anyMatch(step -> step.action().equals("kubernetes.scale")
                            && step.with().path("replicas").asInt(-1) == 0
                            && "kubernetes.restore-objects".equals(step.undo().action()));
        });
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
                            + undos(recipe, "helm.uninstall").size()
                            + undos(recipe, "kubernetes.undeploy").size())
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
}
