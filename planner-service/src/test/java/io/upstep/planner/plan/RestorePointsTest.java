package io.upstep.planner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.upstep.event.AcceptedRisk;
import io.upstep.event.Outcome;
import io.upstep.event.PlanVerificationRequested;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What only a backup takes back does not begin before the backup is proven, or somebody answers for it. */
class RestorePointsTest {
    private static final Map<String, String> KINDS = Map.of("s1", "proof", "s2", "needs");
    private static final Waiver WAIVER = new Waiver("backup", "ann", "taken by hand");

    @Test
    void shouldBeginWhatNeedsTheRestorePointWhenItIsProven() {
        Life life = Life.submitted(Submission.Start.AUTOMATIC).observed(2, KINDS);

        assertThat(life.passed().attempt().stepId()).isEqualTo("s2");
        assertThat(life.plan.acceptedRisks()).isEmpty();
    }

    @Test
    void shouldStandStillAndSayWhyWhenThereIsNoProof() {
        Life life = Life.submitted(Submission.Start.AUTOMATIC).observed(1, Map.of("s1", "needs"));

        assertThat(life.plan.status()).isEqualTo(PlanStatus.PAUSED);
        assertThat(life.plan.reason()).contains("step s1 needs the restore point 'backup'", "not proven");
        assertThat(life.plan.step("s1").orElseThrow().attempts()).isEmpty();
    }

    @Test
    void shouldStandStillWhenTheBackupWasTakenAndNoVerifierHasLooked() {
        Life life = Life.submitted(Submission.Start.AUTOMATIC)
                .observed(2, Map.of("s1", "copy", "s2", "needs"))
                .passed();

        assertThat(life.plan.step("s1").orElseThrow().status()).isEqualTo(StepStatus.PASSED);
        assertThat(life.plan.status()).isEqualTo(PlanStatus.PAUSED);
        assertThat(life.plan.reason()).contains("'backup', which is not proven");
    }

    @Test
    void shouldEndWithoutHavingBegunWhenTheProofFails() {
        Life life = Life.submitted(Submission.Start.AUTOMATIC).observed(2, KINDS);

        life.completed(new Outcome.Failed("backup-damaged", "not what was written", false, null), Life.failed("x"))
                .judged(Life.PASSED);

        assertThat(life.plan.status()).isEqualTo(PlanStatus.FAILED);
        assertThat(life.plan.step("s2").orElseThrow().attempts()).isEmpty();
    }

    @Test
    void shouldNameWhoAnswersForGoingWithoutInTheCompletionEvent() {
        Life life = Life.waiving(WAIVER).observed(1, Map.of("s1", "needs")).passed();

        assertThat(life.last(PlanVerificationRequested.class).acceptedRisks())
                .containsExactly(
                        new AcceptedRisk("s1", "without a proven restore point 'backup': taken by hand", "ann"));
    }

    @Test
    void shouldTellInTheEndWhatWasAcceptedAndByWhom() {
        Life life =
                Life.waiving(WAIVER).observed(1, Map.of("s1", "needs")).passed().judged(Life.PASSED);

        assertThat(Endings.sentence(life.plan, life.now))
                .contains("Accepted: step s1 (ann: without a proven restore point 'backup': taken by hand)")
                .doesNotContain("went without");
    }

    @Test
    void shouldNameWhoSkippedTheProofWithEveryStepThatNeededIt() {
        Life life = Life.submitted(Submission.Start.AUTOMATIC).observed(2, KINDS);
        life.completed(new Outcome.Failed("backup-damaged", "torn", false, null), Life.failed("x"))
                .judged(Life.PASSED);

        life.on(new Happening.Skip("bob", "we have another", "s1")).on(new Happening.Retry("bob", "go on", null));

        assertThat(life.attempt().stepId()).isEqualTo("s2");
        assertThat(life.plan.acceptedRisks())
                .contains(new AcceptedRisk("s2", "without a proven restore point 'backup': we have another", "bob"));
    }

    @Test
    void shouldNotTakeBackFromARestorePointThatWasNeverProven() {
        Life life = Life.waiving(WAIVER).observed(2, Map.of("s1", "needs")).passed();

        PlanException refused = catchThrowableOfType(
                PlanException.class, () -> life.on(new Happening.Rollback("bob", "back", List.of())));

        assertThat(refused.code()).isEqualTo(PlanException.Code.POINT_OF_NO_RETURN);
        assertThat(refused.actual()).contains("step s1", "none for it that was proven");
        assertThat(refused.remedy()).contains("keep s1 as it is");
    }

    @Test
    void shouldTakeBackFromARestorePointThatWasProven() {
        Life life = Life.submitted(Submission.Start.AUTOMATIC)
                .observed(3, KINDS)
                .passed()
                .passed();

        life.on(new Happening.Rollback("bob", "back", List.of()));

        assertThat(UndoPlan.of(life.plan, List.of()).blocked()).isNull();
    }
}
