package io.upstep.planner.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.upstep.event.CheckSpec;
import io.upstep.event.Fact;
import io.upstep.event.FactSpec;
import io.upstep.planner.plan.PlannedStep;
import io.upstep.planner.plan.Refusal;
import io.upstep.planner.plan.Resolution;
import io.upstep.planner.plan.Resolution.Refused;
import io.upstep.planner.plan.Resolution.Resolved;
import io.upstep.planner.plan.Resolver.Question;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecipeResolverTest {
    private static final Map<String, Fact> AT_1 =
            Recipes.facts("installed", "true", "version", "\"1.0.0\"", "volume", "emptyDir", "count", "2");

    @Test
    void shouldPlanEdgeByEdgeWhenNoRecipeCrossesAllAtOnce() {
        Resolved plan = (Resolved) resolver(edge("1", "2"), edge("2", "3"), edge("3", "4"))
                .resolve(Recipes.question("demo", "4.0.0"), AT_1);

        assertThat(plan.path()).containsExactly("1.0.0", "2.0.0", "3.0.0", "4.0.0");
        assertThat(Recipes.ids(plan.steps())).containsExactly("step-to-2.0.0", "step-to-3.0.0", "step-to-4.0.0");
        assertThat(plan.steps())
                .extracting(PlannedStep::title)
                .containsExactly("Go to 2.0.0", "Go to 3.0.0", "Go to 4.0.0");
        assertThat(plan.recipeDigests())
                .containsOnlyKeys("demo/platform.yaml", "demo/r0.yaml", "demo/r1.yaml", "demo/r2.yaml");
    }

    @Test
    void shouldProveAnEdgeBeforeTheNextIsEntered() {
        Resolved plan =
                (Resolved) resolver(edge("1", "2"), edge("2", "3")).resolve(Recipes.question("demo", "3.0.0"), AT_1);

        assertThat(plan.steps().get(0).checks()).extracting(CheckSpec::check).containsExactly("kubernetes.version");
        assertThat(plan.steps().get(0).checks().get(0).with().get("expected").asText())
                .isEqualTo("2.0.0");
        assertThat(plan.steps().get(1).checks()).isEmpty();
        assertThat(plan.exit().get(0).with().get("expected").asText()).isEqualTo("3.0.0");
    }

    @Test
    void shouldAnswerTheSameWhenAskedAgain() {
        RecipeResolver resolver = resolver(edge("1", "2"), edge("2", "3"));
        Question question = Recipes.question("demo", "3.0.0");

        assertThat(resolver.resolve(question, AT_1)).isEqualTo(resolver.resolve(question, AT_1));
    }

    @Test
    void shouldPassARequiredStopWhenARecipeWouldJumpIt() {
        Catalogue catalogue = Recipes.demo(
                "platform.yaml",
                Recipes.PLATFORM + "stops: [ { at: '>=2 <3', reason: it migrates there, source: s } ]",
                "far.yaml",
                Recipes.recipe(">=1 <4", ">=2"));

        Resolved plan = (Resolved) new RecipeResolver(catalogue).resolve(Recipes.question("demo", "4.0.0"), AT_1);

        assertThat(plan.path()).containsExactly("1.0.0", "2.0.0", "4.0.0");
        assertThat(plan.warnings()).contains("Stops at 2.0.0: it migrates there");
    }

    @Test
    void shouldAskForInstalledAndVersionFirstWhenObserving() {
        assertThat(resolver().factsToObserve(Recipes.question("demo", "2.0.0", "\"label\": \"a=b\"")))
                .extracting(FactSpec::fact)
                .containsExactly("installed", "version", "volume", "count");
    }

    @Test
    void shouldRefuseWhenItIsNotInstalled() {
        assertThat(refusal(Recipes.with(AT_1, "installed", Fact.known(Recipes.json("false"), "nothing in polyaxon"))))
                .satisfies(refusal -> {
                    assertThat(refusal.code()).isEqualTo("installation-not-found");
                    assertThat(refusal.detail()).contains("local/polyaxon/plx");
                    assertThat(refusal.evidence()).containsExactly("fact installed = false, from nothing in polyaxon");
                });
    }

    @Test
    void shouldRefuseWhenItIsNotKnownWhetherItIsInstalled() {
        assertThat(refusal(Recipes.with(AT_1, "installed", Fact.unknown("API server unreachable"))))
                .satisfies(refusal -> {
                    assertThat(refusal.code()).isEqualTo("fact-unknown");
                    assertThat(refusal.detail()).contains("'installed'", "API server unreachable");
                });
        assertThat(refusal(Map.of()).code()).isEqualTo("fact-unknown");
    }

    @Test
    void shouldRefuseWhenTheVersionIsNotKnownOrNotOneOfThePlatforms() {
        assertThat(refusal(Recipes.with(AT_1, "version", Fact.unknown("objects disagree"))))
                .satisfies(refusal -> {
                    assertThat(refusal.code()).isEqualTo("version-unknown");
                    assertThat(refusal.detail()).contains("objects disagree");
                });
        assertThat(refusal(Recipes.with(AT_1, "version", Fact.known(Recipes.json("1.5.0"), "label")))
                        .code())
                .isEqualTo("version-unknown");
    }

    @Test
    void shouldRefuseWithAllReasonsWhenConditionsAreNotMet() {
        Refusal refusal = refusal(
                AT_1,
                Recipes.recipe(
                        "*",
                        "*",
                        "when:",
                        "- { is: 'facts.volume != \"emptyDir\"', otherwise: the data would be lost, remedy: use a claim }",
                        "- { is: facts.count > parameters.size, otherwise: too few }"));

        assertThat(refusal.code()).isEqualTo("condition-not-met");
        assertThat(refusal.detail()).isEqualTo("the data would be lost");
        assertThat(refusal.remedy()).isEqualTo("use a claim");
        assertThat(refusal.evidence())
                .containsExactly("fact volume = \"emptyDir\", from a test, volume", "also: too few");
    }

    @Test
    void shouldRefuseNamingTheFactWhenAConditionNeedsAnUnknownOne() {
        Refusal refusal = refusal(
                Recipes.with(AT_1, "volume", Fact.unknown("forbidden")),
                Recipes.recipe("*", "*", "when:", "- { is: 'facts.volume != \"emptyDir\"', otherwise: lost }"));

        assertThat(refusal.code()).isEqualTo("fact-unknown");
        assertThat(refusal.detail()).contains("'volume'", "forbidden");
        assertThat(refusal.evidence()).containsExactly("fact volume is unknown: forbidden");
    }

    @Test
    void shouldRefuseWhenAFactIsOfAnotherTypeThanDeclared() {
        Refusal refusal = refusal(
                Recipes.with(AT_1, "count", Fact.known(Recipes.json("\"many\""), "a liar")),
                Recipes.recipe("*", "*", "when:", "- { is: facts.count > 0, otherwise: none }"));

        assertThat(refusal.code()).isEqualTo("fact-unknown");
        assertThat(refusal.detail()).contains("expected integer, came \"many\" from a liar");
    }

    @Test
    void shouldGoOnWhenAnUnknownFactDoesNotMatter() {
        RecipeResolver resolver = resolver(Recipes.recipe(
                "*", "*", "when:", "- { is: 'parameters.size == 3 || facts.volume == \"x\"', otherwise: never }"));

        assertThat(resolver.resolve(
                        Recipes.question("demo", "2.0.0"), Recipes.with(AT_1, "volume", Fact.unknown("forbidden"))))
                .isInstanceOf(Resolved.class);
    }

    @Test
    void shouldRefuseWhenAnExpressionOfAStepFails() {
        String recipe = Recipes.recipe("*", "*")
                .replace("action: noop", "action: noop, with: { message: \"${[1][facts.count]}\" }");

        assertThat(refusal(AT_1, recipe).code()).isEqualTo("recipe-failed");
    }

    @Test
    void shouldLeaveAStepOutWhenItDoesNotApply() {
        String recipe = Recipes.recipe("*", "*")
                .replace(
                        "exit:",
                        "  - { id: more, title: t, source: s, when: facts.count > 5, action: noop, reversibility: irreversible, noRestorePoint: a test }\nexit:");

        Resolved plan = (Resolved) resolver(recipe).resolve(Recipes.question("demo", "2.0.0"), AT_1);

        assertThat(Recipes.ids(plan.steps())).containsExactly("step");
    }

    @Test
    void shouldRefuseADowngradeUnlessThePlatformAllowsIt() {
        Map<String, Fact> at3 = Recipes.with(AT_1, "version", Fact.known(Recipes.json("\"3.0.0\""), "label"));
        RecipeResolver resolver = resolver(Recipes.recipe("*", "*"));

        assertThat(refusal(resolver.resolve(Recipes.question("demo", "2.0.0"), at3)))
                .satisfies(refusal -> {
                    assertThat(refusal.code()).isEqualTo("downgrade");
                    assertThat(refusal.detail()).isEqualTo("2.0.0 is lower than 3.0.0: it forgets");
                    assertThat(refusal.remedy()).isEqualTo("restore it");
                });
        assertThat(resolver.resolve(Recipes.question("demo", "2.0.0", "\"back\": true"), at3))
                .isInstanceOf(Resolved.class);
    }

    @Test
    void shouldRefuseWhenTheQuestionItselfIsWrong() {
        RecipeResolver resolver = resolver(Recipes.recipe("*", "*"));

        assertThat(refusal(resolver.resolve(Recipes.question("nope", "2.0.0"), AT_1))
                        .code())
                .isEqualTo("platform-unknown");
        assertThat(refusal(resolver.resolve(Recipes.question("demo", "9.0.0"), AT_1))
                        .code())
                .isEqualTo("target-unknown");
        assertThat(refusal(resolver.resolve(Recipes.question("demo", "2.0.0", "\"size\": \"big\""), AT_1)))
                .satisfies(refusal -> {
                    assertThat(refusal.code()).isEqualTo("parameters-invalid");
                    assertThat(refusal.evidence())
                            .containsExactly("parameter 'size': expected integer, came \"big\"; give how many");
                });
    }

    private static String edge(String from, String to) {
        return Recipes.recipe(
                ">=" + from + " <" + (Integer.parseInt(from) + 1), ">=" + to + " <" + (Integer.parseInt(to) + 1));
    }

    private static RecipeResolver resolver(String... recipes) {
        String[] files = new String[2 + recipes.length * 2];
        files[0] = "platform.yaml";
        files[1] = Recipes.PLATFORM;
        for (int i = 0; i < recipes.length; i++) {
            files[2 + 2 * i] = "r" + i + ".yaml";
            files[3 + 2 * i] = recipes[i];
        }
        Catalogue catalogue = Recipes.demo(files);
        assertThat(Recipes.messages(catalogue.problems())).isEmpty();
        return new RecipeResolver(catalogue);
    }

    private static Refusal refusal(Map<String, Fact> facts, String... recipes) {
        String[] given = recipes.length == 0 ? new String[] {Recipes.recipe("*", "*")} : recipes;
        return refusal(resolver(given).resolve(Recipes.question("demo", "2.0.0"), facts));
    }

    private static Refusal refusal(Resolution resolution) {
        assertThat(resolution).isInstanceOf(Refused.class);
        return ((Refused) resolution).refusal();
    }
}
