package io.upstep.planner.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.upstep.planner.plan.PlannedStep;
import io.upstep.planner.plan.Refusal;
import io.upstep.planner.plan.Resolution;
import io.upstep.planner.plan.Resolution.Refused;
import io.upstep.planner.plan.Resolution.Resolved;
import io.upstep.planner.plan.Resolver.Question;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a recipe says about backups, and what becomes of it in a plan. */
class RestorePointRulesTest {
    private static final String RECIPE = """
            title: with a backup
            source: test
            edge: { from: "*", to: "*" }
            steps:
              - { id: backup, title: Back up, source: s, action: noop, reversibility: reversible, undo: { nothing: a copy }, restorePoint: database }
              - { id: prove, title: Prove, source: s, action: noop, reversibility: reversible, undo: { nothing: a copy }, restorePoint: database, checks: [ { check: noop } ] }
              - { id: migrate, title: Migrate, source: s, action: noop, reversibility: restorable, needs: [database], undo: { title: Restore, action: noop } }
            exit: [ { check: noop } ]
            undone: [ { check: noop } ]
            """;

    @Test
    void shouldTakeAndProveTheBackupBeforeWhatNeedsIt() {
        Resolved plan = (Resolved) resolve(RECIPE, Recipes.question("demo", "2.0.0"));

        assertThat(plan.steps())
                .extracting(PlannedStep::id, PlannedStep::restorePoint, PlannedStep::needs)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("backup", "database", List.of()),
                        org.assertj.core.groups.Tuple.tuple("prove", "database", List.of()),
                        org.assertj.core.groups.Tuple.tuple("migrate", null, List.of("database")));
    }

    @Test
    void shouldLeaveTheBackupOutWhenSomebodyAnswersForGoingWithout() {
        Resolved plan = (Resolved) resolve(RECIPE, Recipes.without("database", Recipes.question("demo", "2.0.0")));

        assertThat(Recipes.ids(plan.steps())).containsExactly("migrate");
    }

    @Test
    void shouldRefuseAndSayWhatToDoWhenNobodyTakesTheBackup() {
        String byHand = RECIPE.replaceAll("(?m)^.*id: (backup|prove).*\n", "");

        Refusal refusal = ((Refused) resolve(byHand, Recipes.question("demo", "2.0.0"))).refusal();

        assertThat(refusal.code()).isEqualTo("restore-point-missing");
        assertThat(refusal.detail()).contains("Step migrate", "'database'");
        assertThat(refusal.remedy()).contains("waivers", "\"restorePoint\": \"database\"");
        assertThat(resolve(byHand, Recipes.without("database", Recipes.question("demo", "2.0.0"))))
                .isInstanceOf(Resolved.class);
    }

    @Test
    void shouldRefuseWhenTheStepThatWouldProveTheBackupDoesNotApply() {
        String unproven = RECIPE.replace("id: prove,", "id: prove, when: \"from == 'another'\",");

        Refusal refusal = ((Refused) resolve(unproven, Recipes.question("demo", "2.0.0"))).refusal();

        assertThat(refusal.code()).isEqualTo("restore-point-missing");
        assertThat(resolve(unproven, Recipes.without("database", Recipes.question("demo", "2.0.0"))))
                .isInstanceOf(Resolved.class);
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "needs: [database], undo | undo | /steps/2: expected 'needs' with the restore points that must be proven before step 'migrate', because it is restorable, or 'noRestorePoint' saying why none is needed, came neither",
                "needs: [database], undo | needs: [database], noRestorePoint: so, undo | /steps/2: expected 'needs' | ",
                ", checks: [ { check: noop } ] } | } | /steps/2/needs: expected checks in step 'prove', because it is what proves restore point 'database', came none",
                "reversible, undo: { nothing: a copy }, restorePoint: database } | restorable, needs: [database], restorePoint: database } | /steps/0/needs: expected the steps of restore point 'database' to come before step 'backup', came some",
                "undo: { nothing: a copy }, restorePoint: database } | undo: { nothing: a copy }, noRestorePoint: x } | /steps/0/noRestorePoint: expected no 'noRestorePoint', because step 'backup' is reversible",
                "needs: [database] | needs: [Data Base] | /steps/2/needs/0: expected a restore point's name",
            })
    void shouldSayWhereAndWhatToDoWhenSomethingIsWrong(String right, String wrong, String problem) {
        assertThat(RECIPE).contains(right);

        assertThat(Recipes.messages(
                        Recipes.demo("platform.yaml", Recipes.PLATFORM, "a.yaml", RECIPE.replace(right, wrong))
                                .problems()))
                .anySatisfy(message -> assertThat(message).contains(problem.strip()));
    }

    private static Resolution resolve(String recipe, Question question) {
        return new RecipeResolver(Recipes.demo("platform.yaml", Recipes.PLATFORM, "a.yaml", recipe))
                .resolve(
                        question,
                        Recipes.facts("installed", "true", "version", "1.0.0", "volume", "none", "count", "3"));
    }
}
