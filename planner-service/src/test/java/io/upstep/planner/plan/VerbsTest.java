package io.upstep.planner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.upstep.event.Ending;
import io.upstep.event.Outcome;
import io.upstep.event.PlanVerificationRequested;
import io.upstep.event.StepCancelRequested;
import io.upstep.event.StepRequested;
import org.junit.jupiter.api.Test;

class VerbsTest {
    private static final Happening.Pause PAUSE = new Happening.Pause("bob", "lunch");
    private static final Happening.Resume RESUME = new Happening.Resume("bob", null);
    private static final Happening.Cancel CANCEL = new Happening.Cancel("bob", "wrong day", false);
    private static final Happening.Retry RETRY = new Happening.Retry("bob", null, null);

    private static Happening.Skip skip(String step) {
        return new Happening.Skip("bob", "not needed here", step);
    }

    private static Life failed() {
        return failing().judged(Life.failed("x"));
    }

    private static Life failing() {
        return Life.running().completed(Outcome.Failed.of("no", "no way"), Life.failed("x"));
    }

    private static PlanException.Code refused(Life life, Happening.Verb verb) {
        Plan before = life.plan;
        PlanException[] caught = new PlanException[1];
        assertThatExceptionOfType(PlanException.class)
                .isThrownBy(() -> life.on(verb))
                .satisfies(e -> caught[0] = e);
        assertThat(life.plan).isSameAs(before);
        return caught[0].code();
    }

    @Test
    void shouldFinishTheRunningStepAndThenStandStillWhenPaused() {
        Life life = Life.running().accepted().on(PAUSE);
        assertThat(life.plan.status()).isEqualTo(PlanStatus.RUNNING);
        assertThat(life.why()).endsWith("; after it the plan pauses.");

        life.passed();

        assertThat(life.plan.status()).isEqualTo(PlanStatus.PAUSED);
        assertThat(life.said(StepRequested.class)).hasSize(1);
        assertThat(life.on(RESUME).attempt().stepId()).isEqualTo("s2");
    }

    @Test
    void shouldStandStillAtOnceWhenPausedBetweenAttempts() {
        Life life = Life.running().completed(Outcome.Failed.retryable("busy", "busy"), Life.failed("x"));

        life.on(PAUSE);

        assertThat(life.plan.status()).isEqualTo(PlanStatus.PAUSED);
        assertThat(life.why()).contains("at step s1, which failed: busy");
        assertThat(life.on(RETRY).attempt().attempt()).isEqualTo(2);
    }

    @Test
    void shouldForgetThePauseWhenResumedBeforeTheStepIsOver() {
        Life life = Life.running().accepted().on(PAUSE).on(RESUME).passed();

        assertThat(life.attempt().stepId()).isEqualTo("s2");
    }

    @Test
    void shouldEndWithoutVerdictWhenCancelledBeforeAnythingWasDone() {
        Life life = Life.submitted(Submission.Start.MANUAL).observed(2).on(CANCEL);

        assertThat(life.plan.status()).isEqualTo(PlanStatus.CANCELLED);
        assertThat(life.said(PlanVerificationRequested.class)).isEmpty();
    }

    @Test
    void shouldRaiseTheEpochAndAwaitTheExecutorWhenARunningStepIsCancelled() {
        Life life = Life.running().accepted().on(CANCEL);
        assertThat(life.last(StepCancelRequested.class).attempt().toString()).isEqualTo("p/s1#1@9");
        assertThat(life.plan.status()).isEqualTo(PlanStatus.RUNNING);
        life.untilTimer();
        assertThat(life.said(StepCancelRequested.class)).hasSize(2);

        life.completed(new Outcome.Cancelled("stopped"), Life.failed("x"));

        assertThat(life.step("s1").status()).isEqualTo(StepStatus.CANCELLED);
        assertThat(life.last(PlanVerificationRequested.class).ending()).isEqualTo(Ending.CANCELLED);
        assertThat(life.judged(Life.failed("1.8.0")).plan.status()).isEqualTo(PlanStatus.CANCELLED);
        assertThat(life.plan.reason()).isEqualTo("cancelled by bob: wrong day");
    }

    @Test
    void shouldStillEndCancelledWhenTheStepWasOverBeforeItCouldBeStopped() {
        Life life = Life.running().accepted().on(CANCEL).passed();

        assertThat(life.step("s1").status()).isEqualTo(StepStatus.PASSED);
        assertThat(life.last(PlanVerificationRequested.class).ending()).isEqualTo(Ending.CANCELLED);
    }

    @Test
    void shouldCancelInsteadOfPauseWhenBothAreWanted() {
        Life life = Life.running().accepted().on(PAUSE).on(CANCEL);

        assertThat(life.step("s1").status()).isEqualTo(StepStatus.STOPPING);
        assertThat(refused(life, PAUSE)).isEqualTo(PlanException.Code.ILLEGAL_STATE);
    }

    @Test
    void shouldOpenTheFailedPlanAgainWithFreshAttemptsWhenRetried() {
        Life life = failed().on(RETRY);

        assertThat(life.plan.status()).isEqualTo(PlanStatus.RUNNING);
        assertThat(life.plan.finishedAt()).isNull();
        assertThat(life.attempt().toString()).isEqualTo("p/s1#2@9");
        assertThat(life.step("s1").allowed()).isEqualTo(4);
    }

    @Test
    void shouldOnlyBeJudgedAgainWhenRetriedAfterAllStepsPassed() {
        Life life =
                Life.running().passed().passed().judged(Life.failed("1.8.0")).on(RETRY);

        assertThat(life.plan.status()).isEqualTo(PlanStatus.VERIFYING);
        assertThat(life.last(PlanVerificationRequested.class).verificationId()).startsWith("p-v2-");
    }

    @Test
    void shouldGoOnWithTheNextStepWhenTheFailedOneIsSkippedAndThePlanRetried() {
        Life life = failed().on(skip("s1"));
        assertThat(life.plan.status()).isEqualTo(PlanStatus.FAILED);

        life.on(RETRY).passed();

        PlanVerificationRequested asked = life.last(PlanVerificationRequested.class);
        assertThat(asked.ending()).isEqualTo(Ending.SUCCEEDED);
        assertThat(asked.acceptedRisks()).hasSize(1);
    }

    @Test
    void shouldGoOnAtOnceWhenAStepIsSkippedBetweenItsAttempts() {
        Life life = Life.running().completed(Outcome.Failed.retryable("busy", "busy"), Life.failed("x"));

        assertThat(life.on(skip("s1")).attempt().stepId()).isEqualTo("s2");
    }

    @Test
    void shouldRefuseToSkipWhenTheStepIsLiveUnknownOrNoReasonIsGiven() {
        Life life = Life.running();

        assertThat(refused(life, skip("s1"))).isEqualTo(PlanException.Code.ILLEGAL_STATE);
        assertThat(refused(life, skip("s9"))).isEqualTo(PlanException.Code.UNKNOWN_STEP);
        assertThat(refused(life, new Happening.Skip("bob", " ", "s2"))).isEqualTo(PlanException.Code.REASON_MISSING);
    }

    @Test
    void shouldRefuseWhenTheVerbDoesNotFit() {
        assertThat(refused(failed(), new Happening.Start("bob", null))).isEqualTo(PlanException.Code.ILLEGAL_STATE);
        assertThat(refused(Life.running(), RETRY)).isEqualTo(PlanException.Code.ILLEGAL_STATE);
        assertThat(refused(failed(), RESUME)).isEqualTo(PlanException.Code.ILLEGAL_STATE);
        assertThat(refused(failing(), CANCEL)).isEqualTo(PlanException.Code.ILLEGAL_STATE);
        assertThat(refused(failed(), PAUSE)).isEqualTo(PlanException.Code.ILLEGAL_STATE);
    }

    @Test
    void shouldChangeNothingWhenAVerbIsSaidTwice() {
        Life life = Life.running().accepted().on(PAUSE);
        Plan pausing = life.plan;
        assertThat(life.on(PAUSE).plan).isSameAs(pausing);

        life.passed();
        Plan paused = life.plan;
        assertThat(life.on(PAUSE).plan).isSameAs(paused);

        assertUnmoved(life.on(RESUME), RESUME);
        assertUnmoved(life.passed(), RESUME);
        assertUnmoved(life, new Happening.Start("bob", null));
        assertUnmoved(Life.running(), new Happening.Start("bob", null));
        assertUnmoved(failed().on(RETRY), RETRY);
        assertUnmoved(Life.running().passed().passed().judged(Life.failed("x")).on(RETRY), RETRY);
        assertUnmoved(Life.running().accepted().on(CANCEL), CANCEL);
        assertUnmoved(Life.running().accepted().on(CANCEL).passed(), CANCEL);
    }

    private static void assertUnmoved(Life life, Happening.Verb verb) {
        Plan before = life.plan;
        assertThat(life.on(verb).plan).isSameAs(before);
    }

    @Test
    void shouldLetThePlanFailWhenResumedAtAStepThatFailedForGood() {
        Life life = Life.running().accepted().on(PAUSE).completed(Outcome.Failed.of("no", "no way"), Life.failed("x"));
        assertThat(life.plan.status()).isEqualTo(PlanStatus.PAUSED);

        life.on(RESUME);

        assertThat(life.last(PlanVerificationRequested.class).ending()).isEqualTo(Ending.FAILED);
    }
}
