package io.upstep.planner.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.upstep.planner.plan.Resolution;
import io.upstep.planner.plan.Resolution.Refused;
import io.upstep.planner.plan.Resolution.Resolved;
import org.junit.jupiter.api.Test;

/** A recipe may bring a platform to where it is not installed yet. */
class InstallingTest {
    private final Catalogue catalogue = Recipes.demo(
            "platform.yaml",
            Recipes.PLATFORM,
            "install.yaml",
            Recipes.recipe("none", ">=2 <4"),
            "up.yaml",
            Recipes.recipe(">=1 <3", ">=2 <4"));

    @Test
    void shouldInstallInOneStepWhenNothingIsThere() {
        Resolved plan = (Resolved) resolve("false", "3.0.0");

        assertThat(plan.from()).isEqualTo("none");
        assertThat(plan.path()).containsExactly("none", "3.0.0");
        assertThat(plan.recipeDigests()).containsKey("demo/install.yaml");
    }

    @Test
    void shouldUpgradeWhenItIsInstalled() {
        assertThat(((Resolved) resolve("true", "3.0.0")).recipeDigests()).containsKey("demo/up.yaml");
    }

    @Test
    void shouldSayThatNothingIsInstalledWhenNoRecipeInstallsTheTarget() {
        assertThat(((Refused) resolve("false", "4.0.0")).refusal().code()).isEqualTo("installation-not-found");
    }

    @Test
    void shouldShowTheWayFromNothing() {
        PathAnswer answer = catalogue.path("demo", "none", "2.0.0").orElseThrow();

        assertThat(answer.possible()).isTrue();
        assertThat(answer.versions()).containsExactly("none", "2.0.0");
        assertThat(answer.edges())
                .singleElement()
                .extracting(PathAnswer.EdgeCrossed::recipe)
                .isEqualTo("demo/install.yaml");
        PathAnswer refused = catalogue.path("demo", "none", "4.0.0").orElseThrow();
        assertThat(refused.refusal().code()).isEqualTo("no-path");
        assertThat(refused.refusal().actual()).contains("none → >=2 <4");
    }

    private Resolution resolve(String installed, String target) {
        return new RecipeResolver(catalogue)
                .resolve(
                        Recipes.question("demo", target),
                        Recipes.facts("installed", installed, "version", "1.0.0", "volume", "none", "count", "3"));
    }
}
