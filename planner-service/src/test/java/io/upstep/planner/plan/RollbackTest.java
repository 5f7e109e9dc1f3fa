package io.upstep.planner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.upstep.event.CheckSpec;
import io.upstep.event.Ending;
import io.upstep.event.Outcome;
import io.upstep.event.PlanVerificationRequested;
import io.upstep.event.StepCancelRequested;
import io.upstep.event.StepRequested;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RollbackTest {
    private static final Happening.Rollback ROLLBACK = new Happening.Rollback("bob", "errors in the logs", List.of());
    private static final Outcome STOPPED = new Outcome.Cancelled("stopped");

    private static Life running(int steps, Map<String, String> kinds) {
        return Life.submitted(Submission.Start.AUTOMATIC).observed(steps, kinds);
    }

    private static Life failedAtThree() {
        return running(3, Map.of())
                .passed()
                .passed()
                .completed(Outcome.Failed.of("no", "no way"), Life.failed("x"))
                .judged(Life.failed("x"));
    }

    private static PlanException refused(Life life, Happening.Verb verb) {
        Plan before = life.plan;
        PlanException[] caught = new PlanException[1];
        assertThatExceptionOfType(PlanException.class)
                .isThrownBy(() -> life.on(verb))
                .satisfies(e -> caught[0] = e);
        assertThat(life.plan).isSameAs(before);
        return caught[0];
    }

    @Test
    void shouldTakeBackEveryTouchedStepInReverseOrderWhenAFailedPlanIsRolledBack() {
        Life life = failedAtThree().on(ROLLBACK);
        assertThat(life.plan.status()).isEqualTo(PlanStatus.ROLLING_BACK);

        assertThat(life.attempt().stepId()).isEqualTo("undo-s3");
        assertThat(life.passed().attempt().stepId()).isEqualTo("undo-s2");
        assertThat(life.passed().attempt().stepId()).isEqualTo("undo-s1");
        life.passed();

        PlanVerificationRequested asked = life.last(PlanVerificationRequested.class);
        assertThat(asked.ending()).isEqualTo(Ending.ROLLED_BACK);
        assertThat(asked.checks()).extracting(CheckSpec::within).containsExactly(Duration.ofMinutes(1));
        assertThat(life.judged(Life.PASSED).plan.status()).isEqualTo(PlanStatus.ROLLED_BACK);
        assertThat(life.plan.reason()).isEqualTo("rolled back by bob: errors in the logs");
        assertThat(life.plan.steps().subList(0, 3)).extracting(Step::status).containsOnly(StepStatus.UNDONE);
        assertThat(life.why()).isEqualTo("Rolled back by bob: errors in the logs. It runs 1.8.0 now.");
    }

    @Test
    void shouldRunEveryUndoStepUnderAHigherEpochThanWhatItTakesBack() {
        Life life = failedAtThree();
        long before = life.plan.epoch();

        assertThat(life.on(ROLLBACK).attempt().epoch()).isGreaterThan(before);
    }

    @Test
    void shouldStopTheRunningStepFirstWhenARunningPlanIsRolledBack() {
        Life life = running(3, Map.of()).passed().accepted().on(ROLLBACK);
        assertThat(life.plan.status()).isEqualTo(PlanStatus.RUNNING);
        assertThat(life.last(StepCancelRequested.class).attempt().stepId()).isEqualTo("s2");
        assertThat(life.why()).contains("Step s2 (attempt 1 of 3) is being stopped: rolled back by bob");
        Plan stopping = life.plan;
        assertThat(life.on(ROLLBACK).plan).isSameAs(stopping);

        life.completed(STOPPED, Life.failed("x"));

        assertThat(life.plan.status()).isEqualTo(PlanStatus.ROLLING_BACK);
        assertThat(life.attempt().stepId()).isEqualTo("undo-s2");
        assertThat(life.step("s3").status()).isEqualTo(StepStatus.PENDING);
    }

    @Test
    void shouldTakeBackWhatWasDoneWhenCancelledWithUndo() {
        Life life = running(2, Map.of()).passed().on(new Happening.Cancel("bob", "no", true));

        life.completed(STOPPED, Life.failed("x")).passed().passed().judged(Life.PASSED);

        assertThat(life.plan.status()).isEqualTo(PlanStatus.ROLLED_BACK);
    }

    @Test
    void shouldOnlyCancelWhenCancelledWithUndoBeforeAnythingWasDone() {
        Life life = Life.submitted(Submission.Start.MANUAL).observed(2).on(new Happening.Cancel("bob", "no", true));

        assertThat(life.plan.status()).isEqualTo(PlanStatus.CANCELLED);
        assertThat(refused(Life.submitted(Submission.Start.MANUAL).observed(2), ROLLBACK)
                        .code())
                .isEqualTo(PlanException.Code.ILLEGAL_STATE);
    }

    @Test
    void shouldTakeBackASuccessAndAPlanThatIsBeingJudged() {
        Life succeeded = running(1, Map.of()).passed().judged(Life.PASSED);
        assertThat(succeeded.on(ROLLBACK).attempt().stepId()).isEqualTo("undo-s1");
        assertThat(succeeded.plan.finishedAt()).isNull();

        Life judged = running(1, Map.of()).passed();
        PlanVerificationRequested old = judged.last(PlanVerificationRequested.class);
        judged.on(ROLLBACK);
        Plan rolling = judged.plan;
        assertThat(judged.on(judged.judgement(old, Life.PASSED)).plan).isSameAs(rolling);
    }

    @Test
    void shouldRefuseAndNameTheSafeWayWhenAPointOfNoReturnWasPassed() {
        Life life = running(3, Map.of("s2", "irreversible")).passed().passed();

        PlanException refused = refused(life, ROLLBACK);

        assertThat(refused.code()).isEqualTo(PlanException.Code.POINT_OF_NO_RETURN);
        assertThat(refused.actual()).startsWith("step s2: ").contains("point of no return");
        assertThat(refused.remedy()).contains("go forward").contains("step s3");
        assertThat(UndoPlan.of(life.plan, List.of()).blocked().step()).isEqualTo("s2");
    }

    @Test
    void shouldRollBackWhenThePointOfNoReturnHasNotBeenReached() {
        Life life = running(3, Map.of("s3", "irreversible")).passed().on(ROLLBACK);

        assertThat(life.completed(STOPPED, Life.failed("x")).attempt().stepId()).isEqualTo("undo-s2");
    }

    @Test
    void shouldRefuseWhenOnlyARestorePointCouldTakeItBackUnlessItIsKeptWithAReason() {
        Life life = running(2, Map.of("s1", "restorable")).passed();

        assertThat(refused(life, ROLLBACK).remedy()).contains("keep s1 as it is");
        assertThat(refused(life, new Happening.Rollback("bob", " ", List.of("s1")))
                        .code())
                .isEqualTo(PlanException.Code.REASON_MISSING);
        assertThat(refused(life, new Happening.Rollback("bob", "so", List.of("s9")))
                        .code())
                .isEqualTo(PlanException.Code.UNKNOWN_STEP);

        life.on(new Happening.Rollback("bob", "the schema is additive", List.of("s1")))
                .completed(STOPPED, Life.failed("x"))
                .passed();

        PlanVerificationRequested asked = life.last(PlanVerificationRequested.class);
        assertThat(asked.ending()).isEqualTo(Ending.ROLLED_BACK);
        assertThat(asked.acceptedRisks())
                .singleElement()
                .satisfies(risk -> assertThat(risk.stepId()).isEqualTo("s1"))
                .satisfies(risk -> assertThat(risk.reason()).contains("the schema is additive"));
    }

    @Test
    void shouldNotMakeAStepOfWhatLeavesNothingToTakeBack() {
        Life life = running(2, Map.of("s1", "copies")).passed().on(ROLLBACK).completed(STOPPED, Life.failed("x"));

        assertThat(life.step("s1").status()).isEqualTo(StepStatus.UNDONE);
        assertThat(life.passed().plan.status()).isEqualTo(PlanStatus.VERIFYING);
    }

    @Test
    void shouldStayFailedWhenTheChecksAfterTheRollbackDoNotPass() {
        Life life = failedAtThree().on(ROLLBACK).passed().passed().passed().judged(Life.failed("1.9.0"));

        assertThat(life.plan.status()).isEqualTo(PlanStatus.FAILED);
        assertThat(life.plan.reason())
                .startsWith("rolled back by bob")
                .contains("but afterwards")
                .contains("1.9.0");
    }

    @Test
    void shouldGoOnWithTheUndoStepThatFailedWhenRolledBackOrRetriedAgain() {
        for (Happening.Verb verb : List.of(ROLLBACK, new Happening.Retry("bob", null, null))) {
            Life life = failedAtThree()
                    .on(ROLLBACK)
                    .passed()
                    .completed(Outcome.Failed.of("no", "no way"), Life.failed("x"))
                    .judged(Life.failed("x"));
            assertThat(life.plan.status()).isEqualTo(PlanStatus.FAILED);
            assertThat(life.why()).contains("undo-s2").doesNotContain("A rollback takes back");

            life.on(verb);

            assertThat(life.plan.status()).isEqualTo(PlanStatus.ROLLING_BACK);
            assertThat(life.attempt().stepId()).isEqualTo("undo-s2");
            assertThat(life.attempt().attempt()).isEqualTo(2);
        }
    }

    @Test
    void shouldPauseAndResumeWhileItIsTakenBack() {
        Life life = failedAtThree().on(ROLLBACK).on(new Happening.Pause("bob", "lunch"));
        life.passed();
        assertThat(life.plan.status()).isEqualTo(PlanStatus.PAUSED);
        assertThat(life.why()).contains("paused (lunch) while being taken back");

        life.on(new Happening.Resume("bob", null));

        assertThat(life.plan.status()).isEqualTo(PlanStatus.ROLLING_BACK);
        assertThat(life.attempt().stepId()).isEqualTo("undo-s2");
    }

    @Test
    void shouldEndCancelledWhenTheRollbackItselfIsCancelledAndGoOnWithItLater() {
        Life life = failedAtThree().on(ROLLBACK).on(new Happening.Cancel("bob", "wait", false));
        life.completed(STOPPED, Life.failed("x")).judged(Life.failed("x"));
        assertThat(life.plan.status()).isEqualTo(PlanStatus.CANCELLED);

        assertThat(life.on(ROLLBACK).attempt().stepId()).isEqualTo("undo-s3");
    }

    @Test
    void shouldKeepTheUndoOfAStepThatWasAcceptedAndThenFellSilent() {
        Life life = running(1, Map.of()).accepted();
        life.untilTimer();
        assertThat(life.said(StepRequested.class)).hasSize(2);

        life.on(ROLLBACK).completed(STOPPED, Life.failed("x"));

        assertThat(life.attempt().stepId()).isEqualTo("undo-s1");
    }

    @Test
    void shouldRefuseToUndoByCancelWhatHasSucceededMeanwhile() {
        Happening.Cancel undo = new Happening.Cancel("bob", "no", true);

        assertThat(refused(running(1, Map.of()).passed().judged(Life.PASSED), undo)
                        .remedy())
                .contains("roll it back");
        assertThat(refused(running(1, Map.of()).passed(), undo).code()).isEqualTo(PlanException.Code.ILLEGAL_STATE);
    }

    @Test
    void shouldGoOnTakingItBackWhenThatWasCancelledAndIsWantedAfterAll() {
        Life life = failedAtThree()
                .on(ROLLBACK)
                .accepted()
                .on(new Happening.Cancel("bob", "wait", false))
                .on(ROLLBACK);

        life.completed(STOPPED, Life.failed("x"));

        assertThat(life.plan.status()).isEqualTo(PlanStatus.ROLLING_BACK);
        assertThat(life.untilTimer().attempt().stepId()).isEqualTo("undo-s3");
    }

    @Test
    void shouldGoOnTakingItBackWhenTheCancelledRollbackIsAlreadyBeingJudged() {
        Life life = failedAtThree().on(ROLLBACK).accepted().on(new Happening.Cancel("bob", "wait", false));
        life.completed(STOPPED, Life.failed("x"));
        assertThat(life.plan.status()).isEqualTo(PlanStatus.VERIFYING);

        assertThat(life.on(ROLLBACK).attempt().stepId()).isEqualTo("undo-s3");
    }

    @Test
    void shouldNotSayThatItIsPossibleWhenNothingWasDoneOrItIsTakenBackAlready() {
        Life planned = Life.submitted(Submission.Start.MANUAL).observed(2);
        assertThat(UndoPlan.of(planned.plan, List.of()).isPossible(planned.plan))
                .isFalse();
        Life back = failedAtThree().on(ROLLBACK).passed().passed().passed().judged(Life.PASSED);
        assertThat(UndoPlan.of(back.plan, List.of()).isPossible(back.plan)).isFalse();
        Life failed = failedAtThree();
        assertThat(UndoPlan.of(failed.plan, List.of()).isPossible(failed.plan)).isTrue();
    }
}
