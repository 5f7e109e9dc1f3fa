package io.upstep.planner.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.upstep.event.CheckSpec;
import io.upstep.event.Fact;
import io.upstep.event.TimeLimits;
import io.upstep.planner.plan.PlannedStep;
import io.upstep.planner.plan.Resolution.Resolved;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What recipes say about the way back, and what a plan makes of it. */
class UndoTest {
    private static final Map<String, Fact> AT_1 =
            Recipes.facts("installed", "true", "version", "\"1.0.0\"", "volume", "emptyDir", "count", "2");
    private static final String RECIPE = """
            title: there and back
            source: test
            edge: { from: "%s", to: "%s" }
            steps:
              - id: save
                title: Save it
                source: test
                action: noop
                reversibility: reversible
                undo: { nothing: "${installation.release} was only copied" }
              - id: roll
                title: Roll out ${to}
                source: test
                action: noop
                reversibility: reversible
                undo:
                  title: Put ${from} back
                  action: noop
                  with: { message: "${from}, ${string(facts.count)} of them" }
                  checks: [ { check: kubernetes.version, with: { expected: "${from}" }, within: PT1M } ]
                  maxAttempts: 5
                  limits: { queue: PT10M, total: PT20M }
                  expected: PT7S
            exit: [ { check: kubernetes.version, with: { expected: "${to}" } } ]
            undone: [ { check: kubernetes.version, with: { expected: "${from}", key: "not ${to}" } } ]
            """;

    @Test
    void shouldFillTheWayBackWhenAPlanIsMade() {
        List<PlannedStep> steps = resolved("2.0.0", RECIPE.formatted("*", "*")).steps();

        assertThat(steps.get(0).undo()).satisfies(undo -> {
            assertThat(undo.leavesNothing()).isTrue();
            assertThat(undo.nothing()).isEqualTo("plx was only copied");
            assertThat(undo.action()).isNull();
        });
        assertThat(steps.get(1).undo())
                .isEqualTo(new PlannedStep.Undo(
                        null,
                        "Put 1.0.0 back",
                        "noop",
                        Recipes.empty().put("message", "1.0.0, 2 of them"),
                        List.of(new CheckSpec(
                                "kubernetes.version", Recipes.empty().put("expected", "1.0.0"), Duration.ofMinutes(1))),
                        5,
                        new TimeLimits(
                                Duration.ofMinutes(10),
                                TimeLimits.DEFAULT.start(),
                                TimeLimits.DEFAULT.heartbeat(),
                                Duration.ofMinutes(20)),
                        Duration.ofSeconds(7)));
    }

    @Test
    void shouldGiveAnUndoTheAttemptsAndLimitsOfAStepWhenItSaysNothingAboutThem() {
        String recipe = RECIPE.formatted("*", "*")
                .replace("maxAttempts: 5", "")
                .replace("limits: { queue: PT10M, total: PT20M }", "");

        PlannedStep step = resolved("2.0.0", recipe).steps().get(1);

        assertThat(step.undo().maxAttempts()).isEqualTo(step.maxAttempts());
        assertThat(step.undo().limits()).isEqualTo(TimeLimits.DEFAULT);
    }

    @Test
    void shouldEndWhereTheFirstEdgeBeganWhenSeveralAreTakenBack() {
        Resolved plan = resolved("3.0.0", RECIPE.formatted(">=1 <2", ">=2 <3"), RECIPE.formatted(">=2 <3", ">=3 <4"));

        assertThat(plan.undone()).singleElement().satisfies(check -> assertThat(check.with())
                .isEqualTo(Recipes.json("{expected: '1.0.0', key: not 2.0.0}")));
        assertThat(plan.steps())
                .filteredOn(step -> step.action().equals("noop") && !step.undo().leavesNothing())
                .extracting(step -> step.undo().title())
                .containsExactly("Put 1.0.0 back", "Put 2.0.0 back");
    }

    @Test
    void shouldAskForNoUndoWhereNothingIsPromised() {
        for (String reversibility : List.of("restorable", "irreversible")) {
            assertThat(problems(Recipes.recipe("*", "*")
                            .replace(
                                    "reversible, undo: { nothing: a test }",
                                    reversibility + ", noRestorePoint: a test")))
                    .isEmpty();
        }
        assertThat(problems(Recipes.recipe("*", "*")
                        .replace("reversible, undo", "restorable, noRestorePoint: a test, undo")))
                .isEmpty();
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "undo: { nothing: \"${installation.release} was only copied\" } | expected: PT1S | demo/a.yaml:5:5 /steps/0: expected 'undo', because step 'save' is reversible, came none: say how",
                "reversibility: reversible | reversibility: irreversible | demo/a.yaml:10:11 /steps/0/undo: expected no 'undo', because step 'save' is irreversible, came one: leave it out",
                "id: save | id: undo-save | demo/a.yaml:5:9 /steps/0/id: expected an id that does not begin with 'undo-', as those of a rollback's steps do, came 'undo-save': rename the step",
                "undone: | #undone: | demo/a.yaml:1:1: expected 'undone', because steps have an undo action, came none: list the checks",
                "undone: [ { | undone: [] # | /undone: expected at least 1 of them (What must hold after all of it was taken back",
                "nothing: \"$ | maxAttempts: 2, nothing: \"$ | demo/a.yaml:10:11 /steps/0/undo: expected at most 1 of its keys",
                "title: Put ${from} back | # | /steps/1/undo: expected the key 'title'",
                "undo: { nothing: \"${installation.release} was only copied\" } | undo: {} | demo/a.yaml:10:11 /steps/0/undo: expected the key 'title'",
                "string(facts.count) | string(facts.typo) | /steps/1/undo/with/message: expected names and functions that are known here, came 'facts.typo' in 'string(facts.typo)'",
                "not ${to} | not ${too} | /undone/0/with/key: expected names and functions that are known here, came 'too' in 'too': did you mean 'to'?",
                "${installation.release} was | ${release} was | /steps/0/undo/nothing: expected names and functions that are known here, came 'release' in 'release': did you mean 'installation.release'?",
                "total: PT20M | total: PT0S | /steps/1/undo/limits: expected limits longer than nothing, came PT0S",
            })
    void shouldSayWhereAndWhatToDoWhenTheWayBackIsWrong(String right, String wrong, String problem) {
        String recipe = RECIPE.formatted("*", "*");
        assertThat(recipe).contains(right);

        assertThat(problems(recipe.replaceFirst(Pattern.quote(right), Matcher.quoteReplacement(wrong))))
                .anySatisfy(message -> assertThat(message).contains(problem));
    }

    private static List<String> problems(String recipe) {
        return Recipes.messages(Recipes.demo("platform.yaml", Recipes.PLATFORM, "a.yaml", recipe)
                .problems());
    }

    private static Resolved resolved(String target, String... recipes) {
        String[] files = new String[2 + recipes.length * 2];
        Arrays.setAll(files, i -> i % 2 == 0 ? "r" + i + ".yaml" : recipes[Math.max(0, i / 2 - 1)]);
        files[0] = "platform.yaml";
        files[1] = Recipes.PLATFORM;
        Catalogue catalogue = Recipes.demo(files);
        assertThat(Recipes.messages(catalogue.problems())).isEmpty();
        return (Resolved) new RecipeResolver(catalogue).resolve(Recipes.question("demo", target), AT_1);
    }
}
