package io.upstep.planner.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueTest {

    @Test
    void shouldKnowEveryBuiltInPlatformWhenItStarts() {
        Catalogue catalogue = Recipes.builtIn();

        assertThat(catalogue.problems()).isEmpty();
        assertThat(catalogue.platforms())
                .extracting(PlatformInfo::name)
                .isSorted()
                .contains(
                        "helm-app", "helm-release", "kubernetes-app", "polyaxon", "polyaxon-agent", "polyaxon-images");
    }

    @Test
    void shouldAddUsersPlatformsWhenADirectoryIsGiven() {
        Catalogue catalogue = Recipes.withFolder(Path.of("src/test/resources/platforms"));

        assertThat(catalogue.problems()).isEmpty();
        assertThat(catalogue.platform("noop")).isPresent();
    }

    @Test
    void shouldSayWhatToDoWhenTheDirectoryIsNotThere() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Recipes.withFolder(Path.of("target/no-such-directory")))
                .withMessageContaining("no-such-directory")
                .withMessageContaining("upstep.planner.recipes-dir");
    }

    @Test
    void shouldGoOnWithoutAPlatformWhenAUsersRecipeIsBroken() {
        Catalogue catalogue = Recipes.demo("platform.yaml", Recipes.PLATFORM, "a.yaml", "title: [");

        assertThat(catalogue.platform("demo")).isEmpty();
        assertThat(catalogue.platform("polyaxon-images")).isPresent();
        assertThat(Recipes.messages(catalogue.problems()))
                .singleElement()
                .asString()
                .startsWith("demo/a.yaml:1:")
                .contains("is not valid YAML");
    }

    @Test
    void shouldNotStartWhenABuiltInRecipeIsBroken() {
        BuiltInRecipes broken = new BuiltInRecipes(
                Recipes.files(RecipeFile.Origin.BUILT_IN, "platform.yaml", Recipes.PLATFORM, "a.yaml", "title: x"),
                Recipes.BUILT_IN.schema(),
                Recipes.BUILT_IN::rules);

        assertThatExceptionOfType(InvalidRecipeException.class)
                .isThrownBy(() -> new Catalogue(broken, List.of()))
                .withMessageContaining("demo/a.yaml:1")
                .withMessageContaining("steps");
    }

    @Test
    void shouldKeepTheBuiltInPlatformWhenAUsersHasItsName() {
        Catalogue catalogue = new Catalogue(
                Recipes.BUILT_IN,
                List.of(new RecipeFile("polyaxon-images/platform.yaml", "x: y", RecipeFile.Origin.USER)));

        assertThat(Recipes.messages(catalogue.problems()))
                .singleElement()
                .asString()
                .contains("rename the folder");
        assertThat(catalogue.platform("polyaxon-images")).isPresent();
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "title: again | came what is not valid YAML: Duplicate field 'title'",
                "stepz: [] | demo/a.yaml:8:1 /stepz: expected one of the keys configuration, edge, exit, shared, source, steps, title, undone, warnings, when, came 'stepz': did you mean 'steps'?",
                "config: &a 1 | demo/a.yaml:8:1 /config: expected one of the keys",
                "when: [ { is: *x, otherwise: y } ] | expected a plain value, came the alias '*x'",
                "when: yes | demo/a.yaml:8:7 /when: expected a list (What must hold on the live installation. What cannot be evaluated does not hold), came true",
                "when: [ { is: facts.count > 'x', otherwise: y } ] | demo/a.yaml:8:9 /when/0: expected a CEL expression, came 'facts.count > 'x'', which is not a valid expression",
                "when: [ { is: facts.count, otherwise: y } ] | expected an expression that is true or false, came 'facts.count', which is not a condition but of type int",
                "when: [ { is: facts.typo == 1, otherwise: y } ] | came 'facts.typo' in 'facts.typo == 1': use one of",
                "when: [ { is: target.inRange(3), otherwise: y } ] | no matching overload for 'inRange'",
                "warnings: [ { say: 'it is ${facts.nope}' } ] | /warnings/0/say: expected names and functions that are known here, came 'facts.nope' in 'facts.nope'",
                "warnings: [ { say: 5 } ] | demo/a.yaml:8:20 /warnings/0/say: expected a text (A sentence for people), came the number 5: put it in quotes",
            })
    void shouldSayWhereAndWhatWhenARecipeIsWrong(String line, String problem) {
        Catalogue catalogue =
                Recipes.demo("platform.yaml", Recipes.PLATFORM, "a.yaml", Recipes.recipe(">=1 <2", ">=2 <3", line));

        assertThat(Recipes.messages(catalogue.problems()))
                .anySatisfy(message -> assertThat(message).contains(problem));
        assertThat(catalogue.platform("demo")).isEmpty();
    }

    @Test
    void shouldSayWhereAndWhatWhenAStepIsWrong() {
        String recipe = """
                title: wrong in many ways
                source: test
                edge: { from: ">=1 <2", to: "newer" }
                steps:
                  - id: Upper
                    title: x
                    source: x
                    action: noop
                    reversibility: maybe
                    limits: { total: 5 minutes }
                    maxAttempts: 0
                exit: []
                """;

        assertThat(Recipes.messages(Recipes.demo("platform.yaml", Recipes.PLATFORM, "a.yaml", recipe)
                        .problems()))
                .anySatisfy(message -> assertThat(message).startsWith("demo/a.yaml:5:9 /steps/0/id: expected "))
                .anySatisfy(
                        message -> assertThat(message)
                                .startsWith(
                                        "demo/a.yaml:9:20 /steps/0/reversibility: expected one of irreversible, restorable, reversible, came 'maybe'"))
                .anySatisfy(
                        message -> assertThat(message)
                                .startsWith(
                                        "demo/a.yaml:10:22 /steps/0/limits/total: expected ISO 8601, for example PT30S or PT5M, came '5 minutes'"))
                .anySatisfy(message ->
                        assertThat(message).startsWith("demo/a.yaml:11:18 /steps/0/maxAttempts: expected at least 1"))
                .anySatisfy(message ->
                        assertThat(message).startsWith("demo/a.yaml:12:7 /exit: expected at least 1 of them"))
                .anySatisfy(message -> assertThat(message).startsWith("demo/a.yaml:3:29 /edge/to: expected "));
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "platform: demo | platform: other | expected the folder's name 'demo'",
                "type: integer, default: 3 | type: integer, required: true, default: 3 | either required or to have a default",
                "type: integer, default: 3 | type: integer | either required or to have a default",
                "type: integer, default: 3 | type: integer, default: three | /parameters/1/default: expected integer",
                "allowed: parameters.back | allowed: parameters.size | /downgrade/allowed: expected an expression that is true or false, came 'parameters.size', which is not a condition",
                "allowed: parameters.back | allowed: facts.count > 0 | came 'facts.count' in 'facts.count > 0'",
                "`installed: { type: boolean` | `installed: { type: text` | /facts/installed/type: expected boolean",
                "`\"4.0.0\"` | `\"four\"` | /versions: expected a version, came 'four': write it",
                "`known: [` | `pattern: x, known: [` | one and only one schema",
                "`${installation.release}\" } }` | `${from}\" } }` | expected names and functions that are known here, came 'from' in 'from'",
            })
    void shouldSayWhatWhenAPlatformIsWrong(String right, String wrong, String problem) {
        Catalogue catalogue = Recipes.demo(
                "platform.yaml", Recipes.PLATFORM.replace(right, wrong), "a.yaml", Recipes.recipe("*", "*"));

        assertThat(Recipes.messages(catalogue.problems()))
                .anySatisfy(message -> assertThat(message).contains(problem));
        assertThat(catalogue.platform("demo")).isEmpty();
    }

    @Test
    void shouldSayWhatWhenARequiredStopCanNeverBeMade() {
        String platform = Recipes.PLATFORM + "stops: [ { at: '>=2.5 <3', reason: r, source: s } ]";

        assertThat(Recipes.messages(Recipes.demo("platform.yaml", platform).problems()))
                .singleElement()
                .asString()
                .contains("/stops/0: expected a range that holds a known version");
    }
}
