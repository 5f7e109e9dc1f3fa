package io.upstep.planner.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a linter says beyond what keeps a recipe from being loaded. */
class LinterTest {
    private static final Linter LINTER = Linter.create();
    private static final String PLATFORM = """
            platform: demo
            title: Demo
            description: for tests
            versions: { scheme: semver, known: ["1.0.0", "2.0.0"] }
            downgrade: { allowed: false }
            parameters:
              - { name: size, type: integer, default: 3, description: how many }
            shared:
              app: "app=${installation.release}"
            facts:
              installed: { type: boolean, probe: kubernetes.installed, with: { kind: Deployment, selector: "${shared.app}" } }
              version: { type: text, probe: kubernetes.version, with: { sources: [ { kind: Deployment, selector: "${shared.app}", from: image } ] } }
              count: { type: integer, probe: kubernetes.count, with: { kind: Pod } }
            """;
    private static final String RECIPE = """
            title: up
            source: test
            edge: { from: "1.0.0", to: "2.0.0" }
            when:
              - { is: facts.count > 0, otherwise: there is nothing }
            steps:
              - id: scale
                title: Scale
                source: test
                action: kubernetes.scale
                with: { kind: Deployment, selector: "${shared.app}", replicas: "${parameters.size}" }
                checks:
                  - { check: kubernetes.rollout-complete, with: { kind: Deployment, selector: "${shared.app}" } }
                reversibility: irreversible
                noRestorePoint: a test
                expected: PT10S
            exit:
              - { check: kubernetes.version, with: { kind: Deployment, selector: "${shared.app}", from: image, expected: "${to}" } }
            """;

    @Test
    void shouldSayNothingOfTheRecipesThatUpstepBrings() {
        List<RecipeProblem> problems = LINTER.lint(Recipes.BUILT_IN.files());

        assertThat(problems)
                .filteredOn(problem -> !problem.code().equals("no-checks"))
                .isEmpty();
        assertThat(problems).noneMatch(RecipeProblem::isError);
    }

    @Test
    void shouldSayNothingWhenAllIsWell() {
        assertThat(Recipes.messages(lint(PLATFORM, RECIPE))).isEmpty();
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "action: kubernetes.scale | action: kubernetes.scael | warning unknown-action demo/a.yaml:10:13 | did you mean 'kubernetes.scale'?",
                "check: kubernetes.rollout-complete | check: made.up | warning unknown-check demo/a.yaml:13:18 | docs/reference/checks.md lists those there are",
                "replicas: \" | replica: \" | error unknown-parameter demo/a.yaml:11:58 | came 'replica': did you mean 'replicas'?",
                "`    checks:\n      - { check: kubernetes.rollout-complete, with: { kind: Deployment, selector: \"${shared.app}\" } }\n` | `` | warning no-checks demo/a.yaml:7:5 | say what a verifier must see",
                "expected: PT10S | maxAttempts: 1 | warning no-limits demo/a.yaml:7:5 | limits: { total: PT15M }",
                "expected: \"${to}\" | expected: \"2.0.0\" | warning version-not-checked demo/a.yaml:18:3 | expected: \"${to}\"",
                "expected: \"${to}\" | expected: \"${to}\", key: 1.20 | warning number-for-text demo/a.yaml:18: | write \"1.20\"",
                "selector: \"${shared.app}\", replicas | replicas | warning broad-selector demo/a.yaml:11:11 | app.kubernetes.io/instance=${installation.release}",
                "selector: \"${shared.app}\", replicas | selector: \"app!=x\", replicas | warning broad-selector demo/a.yaml:11:41 | came 'app!=x', which matches nearly all",
                "facts.count > 0 | parameters.size > 0 | warning unused-fact demo/platform.yaml:13:3 | use it, leave it out, or describe it",
                "${parameters.size} | 3 | warning unused-parameter demo/platform.yaml:7:7 | 'parameters.size'",
            })
    void shouldWarnOfWhatIsLikelyToBeWrong(String right, String wrong, String where, String remedy) {
        List<RecipeProblem> problems = lint(PLATFORM, RECIPE.replace(right, wrong));

        assertThat(problems).anySatisfy(problem -> assertThat(problem.severity() + " " + problem.code() + " " + problem)
                .startsWith(where)
                .contains(remedy));
    }

    @Test
    void shouldKnowWhatIsAnnounced() {
        String recipe = RECIPE.replace("action: kubernetes.scale", "action: acme.scale");

        assertThat(LINTER.with(Set.of("acme.scale"))
                        .lint(Recipes.files(USER, "platform.yaml", PLATFORM, "a.yaml", recipe)))
                .isEmpty();
    }

    private static final RecipeFile.Origin USER = RecipeFile.Origin.USER;

    @Test
    void shouldSayWhatIsWrongWithEveryFileAtOnce() {
        List<RecipeProblem> problems = LINTER.lint(Recipes.files(
                USER,
                "platform.yaml",
                PLATFORM,
                "a.yaml",
                "title: [",
                "b.yaml",
                RECIPE.replace("facts.count", "facts.cuont")));

        assertThat(problems).extracting(RecipeProblem::code).containsExactly("invalid-yaml", "unknown-name");
        assertThat(problems.get(1).remedy()).isEqualTo("did you mean 'facts.count'?");
    }

    @Test
    @Timeout(60)
    void shouldNotCompareVeryLongNames() {
        assertThat(Suggestion.of("k".repeat(1_000_000), Set.of("kubernetes.scale", "helm.upgrade")))
                .isEmpty();
        assertThat(Suggestion.of("kubernetes.scael", Set.of("kubernetes.scale")))
                .contains("kubernetes.scale");
    }

    @Test
    void shouldTellEveryPartOfAProblem() {
        assertThat(lint(PLATFORM, RECIPE.replace("id: scale", "id: Scale")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.file()).isEqualTo("demo/a.yaml");
                    assertThat(problem.line()).isEqualTo(7);
                    assertThat(problem.column()).isEqualTo(9);
                    assertThat(problem.pointer()).isEqualTo("/steps/0/id");
                    assertThat(problem.code()).isEqualTo("wrong-value");
                    assertThat(problem.expected()).startsWith("unique in the recipe: lower-case letters");
                    assertThat(problem.actual()).isEqualTo("'Scale'");
                    assertThat(problem.remedy()).isNotBlank();
                });
    }

    @Test
    void shouldSayThatANameIsTaken() {
        assertThat(LINTER.lint(List.of(new RecipeFile(
                        "polyaxon/platform.yaml", PLATFORM.replace("platform: demo", "platform: polyaxon"), USER))))
                .extracting(RecipeProblem::code)
                .contains("name-taken");
    }

    @Test
    void shouldDescribeEveryKeyOfTheSchemas() throws java.io.IOException {
        for (String schema : List.of("platform", "recipe")) {
            String text =
                    java.nio.file.Files.readString(java.nio.file.Path.of("../recipes/" + schema + ".schema.json"));
            List<String> bare = Pattern.compile(
                            "\"(\\w+)\": \\{ (?:\"\\$ref\": \"#/\\$defs/(?:sentence|dottedName|duration|expression)\"|\"type\"[^{}]*) }")
                    .matcher(text)
                    .results()
                    .map(found -> found.group(1))
                    .toList();
            assertThat(bare).as(schema).isEmpty();
        }
    }

    private static List<RecipeProblem> lint(String platform, String recipe) {
        return LINTER.lint(Recipes.files(USER, "platform.yaml", platform, "a.yaml", recipe));
    }
}
