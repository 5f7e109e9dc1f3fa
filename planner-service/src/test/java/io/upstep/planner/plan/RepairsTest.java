package io.upstep.planner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.upstep.event.Outcome;
import io.upstep.event.PlanVerificationRequested;
import io.upstep.event.StepProgressed.Phase;
import io.upstep.event.StepRequested;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RepairsTest {
    private static final Happening.Pause PAUSE = new Happening.Pause("bob", null);

    private static Happening.MarkDone done(String step) {
        return new Happening.MarkDone("bob", "ran it by hand", step);
    }

    private static Happening.Retry from(String step) {
        return new Happening.Retry("bob", "the config was wrong", step);
    }

    private static Life failedAtTwo() {
        return Life.submitted(Submission.Start.AUTOMATIC)
                .observed(3)
                .passed()
                .completed(Outcome.Failed.of("no", "no way"), Life.failed("x"))
                .judged(Life.failed("x"));
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
    void shouldHaveTheStepVerifiedAndNotDoneWhenItIsMarkedDone() {
        Life life = failedAtTwo().on(done("s2"));

        StepRequested asked = life.last(StepRequested.class);
        assertThat(asked.action()).isEqualTo("mark-done");
        assertThat(asked.with().path("by").asText()).isEqualTo("bob");
        assertThat(asked.with().path("reason").asText()).isEqualTo("ran it by hand");
        assertThat(life.plan.status()).isEqualTo(PlanStatus.RUNNING);
        Plan marked = life.plan;
        assertThat(life.on(done("s2")).plan).isSameAs(marked);
        assertThat(life.passed().step("s2").status()).isEqualTo(StepStatus.PASSED);
        assertThat(life.attempt().stepId()).isEqualTo("s3");
        assertThat(life.last(StepRequested.class).action()).isEqualTo("noop");
    }

    @Test
    void shouldSayInTheEndThatNothingVerifiedItWhenAStepWithoutChecksIsMarkedDone() {
        Life life = failedAtTwo().on(done("s2")).passed().passed();

        assertThat(life.last(PlanVerificationRequested.class).acceptedRisks())
                .singleElement()
                .satisfies(risk -> assertThat(risk.reason()).contains("without anything that could verify it"));
    }

    @Test
    void shouldFailAgainAndNeverDoTheWorkWhenTheStepThatIsMarkedDoneDoesNotVerify() {
        Life life = failedAtTwo().on(done("s2")).completed(Outcome.Succeeded.of("marked"), Life.failed("not so"));

        assertThat(life.step("s2").status()).isEqualTo(StepStatus.FAILED);
        assertThat(life.plan.status()).isEqualTo(PlanStatus.VERIFYING);
    }

    @Test
    void shouldMarkTheNextAttemptTooWhenTheExecutorOfAMarkedOneFallsSilent() {
        Life life = failedAtTwo().on(done("s2")).accepted();
        life.untilTimer();

        assertThat(life.last(StepRequested.class).attempt().attempt()).isEqualTo(3);
        assertThat(life.last(StepRequested.class).action()).isEqualTo("mark-done");
    }

    @Test
    void shouldRefuseToMarkAStepDoneWhenItIsNotTheOneThePlanStandsAt() {
        assertThat(refused(failedAtTwo(), done("s3"))).isEqualTo(PlanException.Code.ILLEGAL_STATE);
        assertThat(refused(failedAtTwo(), done("s9"))).isEqualTo(PlanException.Code.UNKNOWN_STEP);
        assertThat(refused(Life.running().accepted(), done("s1"))).isEqualTo(PlanException.Code.ILLEGAL_STATE);
        assertThat(refused(failedAtTwo(), new Happening.MarkDone("bob", null, "s2")))
                .isEqualTo(PlanException.Code.REASON_MISSING);
    }

    @Test
    void shouldMarkTheNextStepDoneWhenThePlanIsPausedBeforeIt() {
        Life life = Life.running().accepted().on(PAUSE).passed().on(done("s2"));

        assertThat(life.last(StepRequested.class).attempt().stepId()).isEqualTo("s2");
        assertThat(life.passed().plan.status()).isEqualTo(PlanStatus.VERIFYING);
    }

    @Test
    void shouldDoTheEarlierStepAndAllThatFollowAgainWhenRetriedFromIt() {
        Life life = failedAtTwo().on(from("s1"));

        StepRequested asked = life.last(StepRequested.class);
        assertThat(asked.attempt().stepId()).isEqualTo("s1");
        assertThat(asked.attempt().attempt()).isEqualTo(2);
        assertThat(asked.firstAttempt()).isEqualTo(2);
        life.passed();
        assertThat(life.attempt().stepId()).isEqualTo("s2");
        assertThat(life.last(StepRequested.class).firstAttempt()).isEqualTo(2);
        Plan retried = life.plan;
        assertThat(life.on(from("s2")).plan).isSameAs(retried);
    }

    @Test
    void shouldBeginAnewAndNotAtTheOldCursorWhenRetriedFromAStep() {
        Life life = Life.running();
        life.accepted().progressed(Phase.EXECUTING, 2, "half", "doc-500");
        life.completed(Outcome.Failed.of("no", "no way"), Life.failed("x")).judged(Life.failed("x"));

        assertThat(life.on(from("s1")).last(StepRequested.class).cursor()).isNull();
    }

    @Test
    void shouldDoASkippedStepAfterAllWhenRetriedFromIt() {
        Life life =
                failedAtTwo().on(new Happening.Skip("bob", "not needed", "s2")).on(from("s2"));

        assertThat(life.attempt().stepId()).isEqualTo("s2");
        assertThat(life.plan.acceptedRisks()).isEmpty();
    }

    @Test
    void shouldRefuseToRetryFromAStepThatHasNotBeenReachedIsRunningOrPassesAPointOfNoReturn() {
        assertThat(refused(failedAtTwo(), from("s3"))).isEqualTo(PlanException.Code.ILLEGAL_STATE);
        assertThat(refused(failedAtTwo(), from("s9"))).isEqualTo(PlanException.Code.UNKNOWN_STEP);
        assertThat(refused(Life.running().accepted(), from("s1"))).isEqualTo(PlanException.Code.ILLEGAL_STATE);
        Life irreversible = Life.submitted(Submission.Start.AUTOMATIC)
                .observed(3, Map.of("s1", "irreversible"))
                .passed()
                .completed(Outcome.Failed.of("no", "no way"), Life.failed("x"))
                .judged(Life.failed("x"));
        assertThat(refused(irreversible, from("s1"))).isEqualTo(PlanException.Code.POINT_OF_NO_RETURN);
        assertThat(irreversible.on(from("s2")).attempt().stepId()).isEqualTo("s2");
    }

    @Test
    void shouldStillDoNothingButVerifyWhenAMarkedAttemptFoundNoExecutorAndIsRetried() {
        Life life = failedAtTwo().on(done("s2"));
        while (life.plan.status() != PlanStatus.PAUSED) {
            life.untilTimer();
        }

        life.on(new Happening.Retry("bob", null, null));

        assertThat(life.last(StepRequested.class).attempt().attempt()).isEqualTo(3);
        assertThat(life.last(StepRequested.class).action()).isEqualTo("mark-done");
    }

    @Test
    void shouldStillDoNothingButVerifyWhenAMarkedAttemptWasPausedSilentAndResumed() {
        Life life = failedAtTwo().on(done("s2")).accepted().on(PAUSE);
        life.untilTimer();
        assertThat(life.plan.status()).isEqualTo(PlanStatus.PAUSED);

        life.on(new Happening.Resume("bob", null));

        assertThat(life.last(StepRequested.class).action()).isEqualTo("mark-done");
    }
}
