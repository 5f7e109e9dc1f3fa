package io.upstep.planner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.upstep.event.Ending;
import io.upstep.event.LeaseReleaseRequested;
import io.upstep.event.Outcome;
import io.upstep.event.PlanVerificationRequested;
import io.upstep.event.StepCancelRequested;
import org.junit.jupiter.api.Test;

class LettingGoTest {
    private static final Happening.Abandon ABANDON = new Happening.Abandon("bob", "the cluster is gone");

    @Test
    void shouldEndAtOnceAndFenceOffTheExecutorWhenAbandonedInTheMiddleOfAStep() {
        Life life = Life.running().accepted();
        long epoch = life.plan.epoch();

        life.on(ABANDON);

        assertThat(life.plan.status()).isEqualTo(PlanStatus.ABANDONED);
        assertThat(life.plan.hold()).isEmpty();
        assertThat(life.last(StepCancelRequested.class).attempt().epoch()).isGreaterThan(epoch);
        assertThat(life.last(StepCancelRequested.class).last()).isTrue();
        assertThat(life.said(LeaseReleaseRequested.class)).hasSize(1);
        assertThat(life.why())
                .isEqualTo("Abandoned by bob: the cluster is gone. Nobody has looked at what runs now yet."
                        + " Whoever was working on it is fenced off; another plan may take the installation.");
    }

    @Test
    void shouldAlwaysEndWhoeverIsAwayWhenAbandoned() {
        assertThat(Life.submitted(Submission.Start.MANUAL).on(ABANDON).plan.status())
                .isEqualTo(PlanStatus.ABANDONED);
        assertThat(Life.submitted(Submission.Start.MANUAL)
                        .observed(2)
                        .on(ABANDON)
                        .plan
                        .status())
                .isEqualTo(PlanStatus.ABANDONED);
        assertThat(Life.running().on(ABANDON).plan.status()).isEqualTo(PlanStatus.ABANDONED);
        Happening cancel = new Happening.Cancel("bob", null, false);
        assertThat(Life.running()
                        .accepted()
                        .on(cancel)
                        .untilTimer()
                        .on(ABANDON)
                        .plan
                        .status())
                .isEqualTo(PlanStatus.ABANDONED);
        assertThat(Life.running().passed().passed().on(ABANDON).plan.status()).isEqualTo(PlanStatus.ABANDONED);
    }

    @Test
    void shouldBeToldWhatRunsWhenAVerifierLooksAfterAll() {
        Life life = Life.running().accepted().on(ABANDON);
        assertThat(life.last(PlanVerificationRequested.class).ending()).isEqualTo(Ending.ABANDONED);

        life.judged(Life.failed("1.8.0"));

        assertThat(life.plan.status()).isEqualTo(PlanStatus.ABANDONED);
        assertThat(life.plan.completion()).isNotNull();
        assertThat(life.types()).endsWith(Entry.Type.PLAN_ABANDONED, Entry.Type.PLAN_REPORTED);
        assertThat(life.why()).contains("It runs 1.8.0 now");
        Plan reported = life.plan;
        assertThat(life.judged(Life.PASSED).plan).isSameAs(reported);
    }

    @Test
    void shouldAskNobodyWhenNothingWasDoneBeforeItWasAbandoned() {
        Life life = Life.submitted(Submission.Start.MANUAL).observed(2).on(ABANDON);

        assertThat(life.said(PlanVerificationRequested.class)).isEmpty();
        assertThat(life.said(LeaseReleaseRequested.class)).isEmpty();
    }

    @Test
    void shouldTakeNoNoticeOfTheExecutorWhenItAnswersAfterAll() {
        Life life = Life.running().accepted();
        Happening late = life.completion(life.attempt(), Outcome.Succeeded.of("done"), Life.PASSED);
        Plan abandoned = life.on(ABANDON).plan;

        assertThat(life.on(late).plan).isSameAs(abandoned);
        assertThat(life.on(ABANDON).plan).isSameAs(abandoned);
    }

    @Test
    void shouldNameThePlanThatHasTheInstallationNowWhenAdopted() {
        Life life = Life.running().accepted().on(new Happening.Adopted("bob", null, "other", 7));

        assertThat(life.plan.status()).isEqualTo(PlanStatus.ABANDONED);
        assertThat(life.plan.adoptedBy()).isEqualTo("other");
        assertThat(life.why()).startsWith("Adopted by plan 7.");
    }

    @Test
    void shouldRefuseWhenThereIsNoReasonOrThePlanIsOver() {
        assertThatExceptionOfType(PlanException.class)
                .isThrownBy(() -> Life.running().on(new Happening.Abandon("bob", " ")))
                .satisfies(e -> assertThat(e.code()).isEqualTo(PlanException.Code.REASON_MISSING));
        assertThatExceptionOfType(PlanException.class)
                .isThrownBy(() ->
                        Life.running().passed().passed().judged(Life.PASSED).on(ABANDON))
                .satisfies(e -> assertThat(e.code()).isEqualTo(PlanException.Code.ILLEGAL_STATE));
    }

    @Test
    void shouldAskForWhatRunsAgainForAWhileAndThenLetItBe() {
        Life life = Life.running().accepted().on(ABANDON).untilTimer().untilTimer();
        assertThat(life.said(PlanVerificationRequested.class)).hasSize(3);
        assertThat(life.plan.hold()).isEmpty();
        while (life.plan.timer() != null) {
            life.untilTimer();
        }

        assertThat(life.said(PlanVerificationRequested.class)).hasSize(30);
        assertThat(life.plan.status()).isEqualTo(PlanStatus.ABANDONED);
        assertThat(Life.running()
                        .accepted()
                        .on(ABANDON)
                        .judged(Life.PASSED)
                        .plan
                        .timer())
                .isNull();
    }
}
