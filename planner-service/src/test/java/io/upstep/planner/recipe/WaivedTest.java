package io.upstep.planner.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.upstep.event.CheckSpec;
import io.upstep.planner.plan.Resolution.Resolved;
import io.upstep.planner.plan.Resolver.Question;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Recipes can tell what somebody does without, so that nobody looks for it in the end. */
class WaivedTest {
    private static final String EXIT = """
            title: up
            source: test
            edge: { from: "1.0.0", to: "2.0.0" }
            steps:
              - { id: step, title: x, source: test, action: noop, reversibility: reversible, undo: { nothing: a test } }
            exit:
              - { check: kubernetes.version, with: { expected: "${to}" } }
              - { check: postgres.same-data, when: "!('database' in waived)", with: { name: database } }
            """;

    private final RecipeResolver resolver =
            new RecipeResolver(Recipes.demo("platform.yaml", Recipes.PLATFORM, "up.yaml", EXIT));

    @Test
    void shouldNotCompareWithABackupThatSomebodyDoesWithout() {
        assertThat(exit(Set.of())).contains("postgres.same-data");
        assertThat(exit(Set.of("database"))).containsExactly("kubernetes.version");
        assertThat(exit(Set.of("something-else"))).contains("postgres.same-data");
    }

    @Test
    void shouldJudgeADowngradeThatDependsOnTheTargetWhenAskedForThePath() {
        String platform = Recipes.PLATFORM.replace("allowed: parameters.back", "allowed: target.inRange('<3')");
        Catalogue catalogue = Recipes.demo("platform.yaml", platform, "any.yaml", Recipes.recipe("*", "*"));

        assertThat(catalogue.path("demo", "3.0.0", "2.0.0").orElseThrow().possible())
                .isTrue();
        assertThat(catalogue
                        .path("demo", "4.0.0", "3.0.0")
                        .orElseThrow()
                        .refusal()
                        .code())
                .isEqualTo("downgrade");
    }

    private java.util.List<String> exit(Set<String> waived) {
        Question question = new Question("demo", Recipes.INSTALLATION, "2.0.0", Recipes.empty(), waived);
        var facts = Recipes.facts("installed", "true", "version", "1.0.0", "volume", "none", "count", "3");
        return ((Resolved) resolver.resolve(question, facts))
                .exit().stream().map(CheckSpec::check).toList();
    }
}
