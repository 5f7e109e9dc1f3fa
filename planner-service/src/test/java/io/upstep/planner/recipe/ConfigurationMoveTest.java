package io.upstep.planner.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.upstep.planner.plan.ConfigurationChange;
import io.upstep.planner.plan.Refusal;
import io.upstep.planner.plan.Resolution;
import io.upstep.planner.plan.Resolution.Refused;
import io.upstep.planner.plan.Resolution.Resolved;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A plan shows what becomes of the configuration, and is refused if the new version would refuse that. */
class ConfigurationMoveTest {
    private static final String PLATFORM = Recipes.PLATFORM.replace(
                    "facts:", "  - { name: answers, type: object, default: {}, description: by path }\nfacts:")
            + "  values: { type: json, probe: helm.values }\n";
    private static final String RECIPE = """
            title: up
            source: test
            edge: [ { from: ">=1 <2", to: ">=2 <3" }, { from: ">=2 <3", to: ">=3 <4" } ]
            configuration: { of: facts.values, answers: parameters.answers }
            steps:
              - { id: move, title: Move, source: s, action: config.migrate, with: { rules: "${configuration}" }, reversibility: reversible, undo: { nothing: a test } }
            exit: [ { check: noop } ]
            """;
    private static final String FIRST = """
            { title: first, source: s, edge: { from: ">=1 <2", to: ">=2 <3" }, rules: [ { move: a, to: b } ] }""";
    private static final String SECOND = """
            { title: second, source: s, edge: { from: ">=2 <3", to: ">=3 <4" },
              rules: [ { move: b, to: c }, { remove: ui, report: in the UI, where: web-ui } ],
              valid: { require: [ { must: { absent: bad }, otherwise: bad is gone, remedy: leave it out } ] } }""";

    private final Catalogue catalogue =
            Recipes.demo(List.of(FIRST, SECOND), "platform.yaml", PLATFORM, "a.yaml", RECIPE);

    @Test
    void shouldShowOldAndNewAndWhatToEnterAgainEdgeByEdge() {
        Resolved plan = (Resolved) resolve("3.0.0", "{ a: 1, ui: { slack: x } }");

        assertThat(plan.configuration()).hasSize(2);
        ConfigurationChange last = plan.configuration().get(1);
        assertThat(Recipes.json(plan.configuration().get(0).before()))
                .isEqualTo(Recipes.json("{a: 1, ui: {slack: x}}"));
        assertThat(last.before()).isEqualTo(plan.configuration().get(0).after());
        assertThat(Recipes.json(last.after())).isEqualTo(Recipes.json("{c: 1}"));
        assertThat(last.report().toString()).contains("in the UI", "ui.slack");
    }

    @Test
    void shouldGiveEachEdgeItsOwnRules() {
        Resolved plan = (Resolved) resolve("3.0.0", "{}");

        assertThat(plan.steps())
                .extracting(step -> step.with().at("/rules/0/title").asText())
                .containsExactly("first", "second");
    }

    @Test
    void shouldPutWhatAPersonGivesOverTheResult() {
        Resolved plan = (Resolved) resolve("3.0.0", "{ a: 1 }", "answers: { c: 2 }");

        assertThat(Recipes.json(plan.configuration().get(1).after())).isEqualTo(Recipes.json("{c: 2}"));
    }

    @Test
    void shouldRefuseBeforeAnythingIsDoneWhenTheNewVersionWouldRefuseIt() {
        Refusal refusal = ((Refused) resolve("3.0.0", "{ a: 1, bad: 1 }")).refusal();

        assertThat(refusal.code()).isEqualTo("configuration-invalid");
        assertThat(refusal.detail()).contains("3.0.0 would refuse the configuration", "bad is gone");
        assertThat(refusal.remedy()).isEqualTo("leave it out");
    }

    @Test
    void shouldRefuseWhenNoRulesLeadThere() {
        Catalogue gap = Recipes.demo(List.of(SECOND), "platform.yaml", PLATFORM, "a.yaml", RECIPE);

        Refusal refusal = ((Refused) resolve(gap, "2.0.0", "{ a: 1 }")).refusal();

        assertThat(refusal.code()).isEqualTo("configuration-not-movable");
        assertThat(refusal.detail()).contains("No rules lead");
    }

    @Test
    void shouldLeaveTheConfigurationAsItIsOnTheWayBackUnlessRulesLeadBack() {
        String back = RECIPE.replace("{ from: \">=1 <2\", to: \">=2 <3\" }", "{ from: \">=1 <2\", to: \"<1.1\" }")
                .replace("{ from: \">=2 <3\", to: \">=3 <4\" }", "{ from: \">=2\", to: \">=1 <2\" }");
        String rule =
                "{ title: back, source: s, edge: { from: '>=2 <3', to: '>=1 <2' }, rules: [ { move: b, to: a } ] }";

        assertThat(back(List.of(FIRST), back).configuration()).isEmpty();
        assertThat(Recipes.json(
                        back(List.of(FIRST, rule), back).configuration().get(0).after()))
                .isEqualTo(Recipes.json("{a: 1}"));
    }

    private static Resolved back(List<String> rules, String recipe) {
        return (Resolved) new RecipeResolver(Recipes.demo(rules, "platform.yaml", PLATFORM, "a.yaml", recipe))
                .resolve(
                        Recipes.question("demo", "1.0.0", "back: true"),
                        Recipes.facts(
                                "installed",
                                "true",
                                "version",
                                "2.0.0",
                                "volume",
                                "none",
                                "count",
                                "3",
                                "values",
                                "{b: 1}"));
    }

    @Test
    void shouldRefuseWhenTheConfigurationIsNotKnown() {
        Resolution resolution = new RecipeResolver(catalogue)
                .resolve(
                        Recipes.question("demo", "2.0.0"),
                        Recipes.facts("installed", "true", "version", "1.0.0", "volume", "none", "count", "3"));

        assertThat(((Refused) resolution).refusal().code()).isEqualTo("fact-unknown");
    }

    private Resolution resolve(String target, String values, String... parameters) {
        return resolve(catalogue, target, values, parameters);
    }

    private static Resolution resolve(Catalogue catalogue, String target, String values, String... parameters) {
        return new RecipeResolver(catalogue)
                .resolve(
                        Recipes.question("demo", target, parameters),
                        Recipes.facts(
                                "installed",
                                "true",
                                "version",
                                "1.0.0",
                                "volume",
                                "none",
                                "count",
                                "3",
                                "values",
                                values));
    }
}
