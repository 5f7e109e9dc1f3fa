package io.upstep.planner.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.upstep.event.FactSpec;
import io.upstep.planner.plan.Resolution.Resolved;
import org.junit.jupiter.api.Test;

/** What is needed in many places is said once. */
class SharedTest {
    private static final String PLATFORM = Recipes.PLATFORM.replace(
                    "facts:",
                    "shared: { door: { host: \"${installation.release}-db\", port: \"${parameters.size}\" } }\nfacts:")
            + "  rows: { type: integer, probe: postgres.query, with: { connection: \"${shared.door}\" } }\n";
    private static final String RECIPE = Recipes.recipe(
                    "*",
                    "*",
                    "shared: { name: \"${from}-${to}\", both: { door: \"${shared.door}\", name: \"${shared.name}\" } }")
            .replace(
                    "action: noop,", "action: noop, with: { all: \"${shared.both}\", host: \"${shared.door.host}\" },");

    @Test
    void shouldStandForItsValueInFactsAndSteps() {
        Catalogue catalogue = Recipes.demo("platform.yaml", PLATFORM, "a.yaml", RECIPE);
        assertThat(Recipes.messages(catalogue.problems())).isEmpty();
        RecipeResolver resolver = new RecipeResolver(catalogue);

        assertThat(resolver.factsToObserve(Recipes.question("demo", "2.0.0")))
                .filteredOn(fact -> fact.fact().equals("rows"))
                .extracting(FactSpec::with)
                .containsExactly(
                        Recipes.json("{connection: {host: plx-db, port: 3}}").deepCopy());
        Resolved plan = (Resolved) resolver.resolve(
                Recipes.question("demo", "2.0.0"),
                Recipes.facts("installed", "true", "version", "1.0.0", "volume", "none", "count", "3", "rows", "1"));
        assertThat(plan.steps().get(0).with())
                .isEqualTo(Recipes.json("{all: {door: {host: plx-db, port: 3}, name: '1.0.0-2.0.0'}, host: plx-db}"));
    }

    @Test
    void shouldSayWhereANameIsWrong() {
        assertThat(Recipes.messages(Recipes.demo(
                                "platform.yaml",
                                PLATFORM,
                                "a.yaml",
                                RECIPE.replace("shared.both", "shared.neither")
                                        .replace("shared: { name", "shared: { door: 1, name"))
                        .problems()))
                .anySatisfy(message -> assertThat(message)
                        .contains("came 'shared.neither' in 'shared.neither': use one of shared.both"))
                .anySatisfy(message -> assertThat(message).contains("expected a name that the platform has not given"));
    }

    @Test
    void shouldNotKnowFacts() {
        assertThat(Recipes.messages(Recipes.demo(
                                "platform.yaml", PLATFORM, "a.yaml", RECIPE.replace("${from}-${to}", "${facts.volume}"))
                        .problems()))
                .anySatisfy(
                        message -> assertThat(message)
                                .contains(
                                        "/shared/name: expected names and functions that are known here, came 'facts.volume' in 'facts.volume': there are no facts.* here"));
    }
}
