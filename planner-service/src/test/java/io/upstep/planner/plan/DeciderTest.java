package io.upstep.planner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.AttemptId;
import io.upstep.event.Ending;
import io.upstep.event.FactSpec;
import io.upstep.event.LeaseReleaseRequested;
import io.upstep.event.ObservationRequested;
import io.upstep.event.Outcome;
import io.upstep.event.PlanVerificationProgressed;
import io.upstep.event.PlanVerificationRequested;
import io.upstep.event.StepCancelRequested;
import io.upstep.event.StepProgressed.Phase;
import io.upstep.event.StepRequested;
import io.upstep.event.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeciderTest {

    @Test
    void shouldObserveBeforeAnythingElseWhenSubmitted() {
        Life life = Life.submitted(Submission.Start.MANUAL);

        assertThat(life.plan.status()).isEqualTo(PlanStatus.OBSERVING);
        assertThat(life.last(ObservationRequested.class).observationId())
                .isEqualTo("p-o1-" + life.now.getEpochSecond());
        assertThat(life.plan.epoch()).isEqualTo(7);
        assertThat(life.types()).containsExactly(Entry.Type.PLAN_SUBMITTED);
    }

    @Test
    void shouldAskAgainWhenNoVerifierAnswers() {
        Life life = Life.submitted(Submission.Start.MANUAL).untilTimer().untilTimer();

        assertThat(life.said(ObservationRequested.class))
                .hasSize(3)
                .containsOnly(life.last(ObservationRequested.class));
        assertThat(life.why()).startsWith("No verifier of cluster east has answered since 10:00:00 UTC (30s).");
        assertThat(life.types()).containsOnlyOnce(Entry.Type.REMINDED);
    }

    @Test
    void shouldWaitForAStartWhenPlannedByHand() {
        Life life = Life.submitted(Submission.Start.MANUAL).observed(2);

        assertThat(life.plan.status()).isEqualTo(PlanStatus.PLANNED);
        assertThat(life.plan.timer()).isNull();
        assertThat(Whys.of(life.plan, life.now).releasedBy()).isEqualTo("a start");
    }

    @Test
    void shouldRefuseWhenThereIsNoPath() {
        Life life = Life.submitted(Submission.Start.AUTOMATIC).observedNothing();

        assertThat(life.plan.status()).isEqualTo(PlanStatus.REFUSED);
        assertThat(life.plan.refusal().code()).isEqualTo("version-unknown");
        assertThat(life.said(StepRequested.class)).isEmpty();
        assertThat(life.why()).isEqualTo("Refused: the version cannot be told. Instead: look at it.");
    }

    @Test
    void shouldRequestTheFirstStepWhenStartIsAutomatic() {
        Life life = Life.running();

        assertThat(life.plan.status()).isEqualTo(PlanStatus.RUNNING);
        assertThat(life.last(StepRequested.class).attempt().toString()).isEqualTo("p/s1#1@8");
        assertThat(life.step("s1").status()).isEqualTo(StepStatus.REQUESTED);
    }

    @Test
    void shouldObserveAgainAndRunWhenStartedAndNothingHasChanged() {
        Life life = Life.submitted(Submission.Start.MANUAL).observed(2);
        life.on(new Happening.Start("bob", null));
        assertThat(life.plan.status()).isEqualTo(PlanStatus.OBSERVING);

        life.observed(2);

        assertThat(life.plan.status()).isEqualTo(PlanStatus.RUNNING);
        assertThat(life.said(ObservationRequested.class)).hasSize(2);
    }

    @Test
    void shouldShowThePlanAnewWhenTheInstallationHasChangedBeforeTheStart() {
        Life life = Life.submitted(Submission.Start.MANUAL).observed(2);

        life.on(new Happening.Start("bob", null)).observed(3);

        assertThat(life.plan.status()).isEqualTo(PlanStatus.PLANNED);
        assertThat(life.plan.steps()).hasSize(3);
        assertThat(life.journal.get(life.journal.size() - 1).data().toString()).contains("step s3 is new");
    }

    @Test
    void shouldTakeStepsInTurnAndAskForTheVerdictAfterTheLast() {
        Life life = Life.running().accepted().passed();
        assertThat(life.attempt().toString()).isEqualTo("p/s2#1@9");

        life.passed();

        assertThat(life.plan.status()).isEqualTo(PlanStatus.VERIFYING);
        assertThat(life.last(PlanVerificationRequested.class).ending()).isEqualTo(Ending.SUCCEEDED);
        life.judged(Life.PASSED);
        assertThat(life.plan.status()).isEqualTo(PlanStatus.SUCCEEDED);
        assertThat(life.plan.completion()).isNotNull();
    }

    @Test
    void shouldFailWhenTheFinalVerdictIsNotPassed() {
        Life life = Life.running().passed().passed().judged(Life.failed("1.8.0"));

        assertThat(life.plan.status()).isEqualTo(PlanStatus.FAILED);
        assertThat(life.why()).contains("saw 1.8.0").contains("a retry has the installation judged once more.");
    }

    @Test
    void shouldTryAgainAfterAGrowingWaitWhenTheOutcomeIsRetryable() {
        Life life = Life.running().completed(Outcome.Failed.retryable("conflict", "409"), Life.failed("x"));
        assertThat(life.step("s1").status()).isEqualTo(StepStatus.RETRYING);
        assertThat(life.plan.timer().wakeAt()).isEqualTo(life.now.plusSeconds(2));

        life.untilTimer().completed(Outcome.Failed.retryable("conflict", "409"), Life.failed("x"));

        assertThat(life.plan.timer().wakeAt()).isEqualTo(life.now.plusSeconds(4));
        assertThat(life.plan.epoch()).isEqualTo(9);
    }

    @Test
    void shouldTryAgainWhenTheVerdictIsUnknown() {
        Verdict unknown = new Verdict.Unknown("nothing was looked at", List.of());

        Life life = Life.running().completed(Outcome.Succeeded.of("done"), unknown);

        assertThat(life.step("s1").status()).isEqualTo(StepStatus.RETRYING);
    }

    @Test
    void shouldEndFailedWithAVerdictWhenAttemptsAreUsedUp() {
        Life life = Life.running();
        for (int i = 0; i < FakeResolver.MAX_ATTEMPTS; i++) {
            if (i > 0) {
                life.untilTimer();
            }
            life.completed(Outcome.Succeeded.of("done"), Life.failed("crash"));
        }

        assertThat(life.plan.status()).isEqualTo(PlanStatus.VERIFYING);
        assertThat(life.last(PlanVerificationRequested.class).ending()).isEqualTo(Ending.FAILED);
        assertThat(life.judged(Life.PASSED).plan.status()).isEqualTo(PlanStatus.FAILED);
        assertThat(life.plan.reason()).startsWith("step s1 failed");
    }

    @Test
    void shouldEndFailedAtOnceWhenTheOutcomeIsNotRetryable() {
        Life life = Life.running().completed(Outcome.Failed.of("selector-matches-nothing", "no pod"), Life.failed("x"));

        assertThat(life.step("s1").status()).isEqualTo(StepStatus.FAILED);
        assertThat(life.plan.status()).isEqualTo(PlanStatus.VERIFYING);
    }

    @Test
    void shouldRingForTheSameAttemptAndAlertOperatorsWhenNobodyAccepts() {
        Life life = Life.running();
        for (int i = 0; i < 20; i++) {
            life.untilTimer();
        }

        assertThat(life.said(StepRequested.class)).hasSize(21).containsOnly(life.last(StepRequested.class));
        assertThat(life.why()).contains("no executor of cluster east has answered since 10:00:00 UTC");
        assertThat(life.plan.hold()).contains(Hold.ALERT);
        assertThat(life.types()).containsOnlyOnce(Entry.Type.PLAN_ALERTED);
        assertThat(life.accepted().plan.hold()).contains(Hold.LEASE);
        assertThat(life.handedOver().plan.hold()).contains(Hold.TIMER);
        assertThat(life.plan.alert()).isNull();
    }

    @Test
    void shouldStandStillInsteadOfBeginningTooLateWhenNoExecutorAcceptsWithinTheQueueLimit() {
        Life life = Life.running();
        Instant notAfter = life.last(StepRequested.class).notAfter();
        assertThat(notAfter).isEqualTo(life.now.plus(Duration.ofMinutes(30)));
        AttemptId late = life.attempt();
        while (life.now.isBefore(notAfter)) {
            life.untilTimer();
        }

        assertThat(life.now).isEqualTo(notAfter);
        assertThat(life.plan.status()).isEqualTo(PlanStatus.PAUSED);
        assertThat(life.plan.hold()).contains(Hold.ALERT);
        assertThat(life.why()).contains("no executor of cluster east has accepted step s1 within PT30M");
        assertThat(life.last(StepCancelRequested.class).attempt().epoch()).isGreaterThan(late.epoch());
        Plan standing = life.plan;
        assertThat(life.on(life.progress(late, Phase.ACCEPTED, 1, null, null)).plan)
                .isSameAs(standing);
        life.on(new Happening.Retry("bob", null, null));
        assertThat(life.attempt().attempt()).isEqualTo(2);
        assertThat(life.plan.hold()).contains(Hold.TIMER);
    }

    @Test
    void shouldGoOnAboveTheNumberTheClusterKnowsWhenThePlannerIsBehind() {
        Life life = Life.running();
        AttemptId behind = life.attempt();
        ObjectNode details = JsonNodeFactory.instance.objectNode().put("epoch", 500L);
        Outcome outcome = new Outcome.Failed("epoch-behind", "the lease is at 500", true, details);

        life.on(life.completion(behind, outcome, Life.failed("x")));

        assertThat(life.attempt().attempt()).isEqualTo(2);
        assertThat(life.attempt().epoch()).isEqualTo(501);
        assertThat(life.step("s1").hasAttemptsLeft()).isTrue();
        Plan now = life.plan;
        assertThat(life.on(life.completion(behind, outcome, Life.failed("x"))).plan)
                .isSameAs(now);
    }

    @Test
    void shouldNotFollowTheClusterToANumberThatNobodyGaveOut() {
        Life life = Life.running();
        ObjectNode details = JsonNodeFactory.instance.objectNode().put("epoch", Long.MAX_VALUE);

        life.completed(new Outcome.Failed("epoch-behind", "the lease is far off", true, details), Life.failed("x"));

        assertThat(life.step("s1").status()).isEqualTo(StepStatus.FAILED);
    }

    @Test
    void shouldNotTakeSilenceForDeathWhenNothingCouldBeHeard() {
        Life life = Life.running().accepted();
        Instant deafUntil = life.now.plus(Duration.ofMinutes(5));
        life.now = deafUntil;

        life.on(new Happening.TimerDue(deafUntil));

        assertThat(life.step("s1").status()).isEqualTo(StepStatus.RUNNING);
        assertThat(life.plan.timer().wakeAt()).isEqualTo(deafUntil.plusSeconds(20));
        life.now = deafUntil.plusSeconds(20);
        life.on(new Happening.TimerDue(deafUntil));
        assertThat(life.attempt().attempt()).isEqualTo(2);
    }

    @Test
    void shouldNotAskAnybodyElseForTheVerdictWhileAVerifierSaysThatItIsAtIt() {
        Life life = Life.running().passed().passed();
        String id = life.last(PlanVerificationRequested.class).verificationId();
        for (int i = 1; i <= 10; i++) {
            life.after(Duration.ofSeconds(8));
            life.on(new Happening.VerificationProgressed(
                    new PlanVerificationProgressed("p", id, Life.INSTALLATION, "v1", i, "kubernetes.pods-healthy")));
        }

        assertThat(life.said(PlanVerificationRequested.class)).hasSize(1);
        assertThat(life.why()).contains("verifier v1 judges").contains("looking at kubernetes.pods-healthy");
        life.untilTimer();
        assertThat(life.said(PlanVerificationRequested.class)).hasSize(2);
    }

    @Test
    void shouldLetGoOfTheInstallationWhenItIsOver() {
        Life life = Life.running().passed().passed().judged(Life.PASSED);

        LeaseReleaseRequested release = life.last(LeaseReleaseRequested.class);
        assertThat(release.epoch()).isEqualTo(life.plan.epoch());
        assertThat(release.planner()).isEqualTo("upstep-1");
        assertThat(Life.submitted(Submission.Start.MANUAL).observedNothing().said(LeaseReleaseRequested.class))
                .isEmpty();
    }

    @Test
    void shouldMakeTheNextAttemptUnderAHigherEpochWhenTheExecutorFallsSilent() {
        Life life = Life.running().accepted();
        life.after(Duration.ofSeconds(10)).progressed(Phase.EXECUTING, 2, "half", "doc-500");
        life.after(Duration.ofSeconds(19));
        assertThat(life.step("s1").status()).isEqualTo(StepStatus.RUNNING);

        life.after(Duration.ofSeconds(1));

        StepRequested next = life.last(StepRequested.class);
        assertThat(next.attempt().toString()).isEqualTo("p/s1#2@9");
        assertThat(next.cursor()).isEqualTo("doc-500");
        assertThat(life.step("s1").attempts().get(0).isLive()).isFalse();
    }

    @Test
    void shouldFenceTheSilentExecutorWhenNoAttemptIsLeft() {
        Life life = Life.running();
        for (int i = 0; i < FakeResolver.MAX_ATTEMPTS; i++) {
            life.accepted().untilTimer();
        }

        assertThat(life.plan.status()).isEqualTo(PlanStatus.VERIFYING);
        assertThat(life.last(StepCancelRequested.class).attempt().epoch()).isEqualTo(11);
    }

    @Test
    void shouldStopTheAttemptFirstWhenItTakesTooLong() {
        Life life = Life.running().accepted();
        for (int i = 2; life.step("s1").status() == StepStatus.RUNNING; i++) {
            life.after(Duration.ofSeconds(10)).progressed(Phase.EXECUTING, i, null, null);
        }
        assertThat(life.step("s1").status()).isEqualTo(StepStatus.STOPPING);
        assertThat(life.last(StepCancelRequested.class).attempt().toString()).isEqualTo("p/s1#1@9");

        life.completed(new Outcome.Cancelled("stopped"), Life.failed("x")).untilTimer();

        assertThat(life.attempt().toString()).isEqualTo("p/s1#2@10");
    }

    @Test
    void shouldTakeNoNoticeWhenNewsIsOfAnOlderAttempt() {
        Life life = Life.running().accepted();
        Happening late = life.completion(life.attempt(), Outcome.Succeeded.of("done"), Life.PASSED);
        life.untilTimer();
        Plan before = life.plan;
        int written = life.journal.size();

        life.on(late);

        assertThat(life.plan).isSameAs(before);
        assertThat(life.journal).hasSize(written);
    }

    @Test
    void shouldTakeNoNoticeWhenProgressIsOldOrSaidTwice() {
        Life life = Life.running().accepted().progressed(Phase.EXECUTING, 3, "c", null);
        Plan before = life.plan;

        life.progressed(Phase.EXECUTING, 2, "b", null).progressed(Phase.EXECUTING, 3, "c", null);

        assertThat(life.plan).isSameAs(before);
    }

    @Test
    void shouldNotGoBackWhenTheExecutorsLastWordComesAfterTheVerifiersFirst() {
        Life life = Life.running().accepted().progressed(Phase.VERIFYING, 1, "looks", null);

        life.progressed(Phase.EXECUTING, 2, "done", null);

        assertThat(life.step("s1").status()).isEqualTo(StepStatus.VERIFYING);
    }

    @Test
    void shouldWaitWithoutUsingUpAttemptsWhenAStepIsExecutedAndNoVerifierRuns() {
        Life life = Life.running().accepted().handedOver();
        assertThat(life.step("s1").status()).isEqualTo(StepStatus.VERIFYING);

        life.after(Duration.ofMinutes(9));

        assertThat(life.said(StepRequested.class)).hasSize(1);
        assertThat(life.types()).containsOnlyOnce(Entry.Type.REMINDED).doesNotContain(Entry.Type.STEP_VERIFYING);
        assertThat(life.why()).contains("no verifier of cluster east has answered since 10:00:00 UTC (9m)");
    }

    @Test
    void shouldMakeAnotherAttemptOnTopWhenWordOfAnExecutedStepMustBeTakenForLost() {
        Life life = Life.running().accepted().handedOver().untilTimer();
        assertThat(life.said(StepRequested.class)).hasSize(1);

        life.untilTimer();

        assertThat(life.now).isEqualTo(Instant.parse("2026-11-20T10:10:00Z"));
        assertThat(life.attempt().toString()).isEqualTo("p/s1#2@9");
        assertThat(life.step("s1").allowed()).isEqualTo(FakeResolver.MAX_ATTEMPTS + 1);
    }

    @Test
    void shouldMakeTheNextAttemptWhenAVerifierHasGivenASignOfLifeAndFallsSilent() {
        Life life = Life.running().accepted().handedOver().untilTimer();
        life.progressed(Phase.VERIFYING, 1, "looking", null);
        assertThat(life.types()).endsWith(Entry.Type.STEP_VERIFYING);

        life.after(FakeResolver.LIMITS.heartbeat());

        assertThat(life.attempt().toString()).isEqualTo("p/s1#2@9");
        assertThat(life.step("s1").allowed()).isEqualTo(FakeResolver.MAX_ATTEMPTS + 1);
    }

    @Test
    void shouldStayWithTheVerifiersWhenTheExecutorsHeartbeatComesAfterItsLastWord() {
        Life life = Life.running().accepted().handedOver();
        Plan before = life.plan;

        assertThat(life.progressed(Phase.EXECUTING, 10, "done", null).plan).isSameAs(before);
    }

    @Test
    void shouldStillExpectTheVerifiersSignsWhenTheExecutorsLastWordComesAfterThem() {
        Life life = Life.running().accepted().progressed(Phase.VERIFYING, 1, "looking", null);
        Plan before = life.plan;

        assertThat(life.handedOver().plan).isSameAs(before);
    }

    @Test
    void shouldTakeItForTheExecutorsLastWordWhenItIsHeardBeforeTheAcceptance() {
        Life life = Life.running().handedOver();
        Plan before = life.plan;

        assertThat(life.accepted().plan).isSameAs(before);
        assertThat(life.step("s1").lastAttempt().orElseThrow().worker()).isEqualTo("e1");
        assertThat(life.step("s1").lastAttempt().orElseThrow().verifier()).isNull();
    }

    @Test
    void shouldSayEverythingOutstandingAgainWhenTheBrokerForgot() {
        Life life = Life.running().on(new Happening.BrokerForgot());
        assertThat(life.said(StepRequested.class)).hasSize(2).containsOnly(life.last(StepRequested.class));

        life.accepted().on(new Happening.BrokerForgot());

        assertThat(life.attempt().toString()).isEqualTo("p/s1#2@9");
        assertThat(life.step("s1").allowed()).isEqualTo(FakeResolver.MAX_ATTEMPTS + 1);
    }

    @Test
    void shouldStopItAgainAboveTheClustersNumberWhenTheCancelWasBehind() {
        Life life = Life.running().accepted().on(new Happening.Cancel("bob", "no", false));
        ObjectNode details = JsonNodeFactory.instance.objectNode().put("epoch", 500L);

        life.completed(new Outcome.Failed("epoch-behind", "the lease is at 500", true, details), Life.failed("x"));

        assertThat(life.step("s1").status()).isEqualTo(StepStatus.STOPPING);
        assertThat(life.last(StepCancelRequested.class).attempt().epoch()).isEqualTo(501);
        assertThat(life.completed(new Outcome.Cancelled("stopped"), Life.failed("x"))
                        .plan
                        .status())
                .isEqualTo(PlanStatus.VERIFYING);
    }

    @Test
    void shouldGoOnAtOnceAndUseUpNoAttemptWhenAnExecutorHandsItsWorkOver() {
        Life life = Life.running().accepted().progressed(Phase.EXECUTING, 2, "half", "doc-500");

        life.completed(Outcome.Failed.retryable("handed-over", "it stops"), Life.failed("x"));

        StepRequested next = life.last(StepRequested.class);
        assertThat(next.attempt().attempt()).isEqualTo(2);
        assertThat(next.cursor()).isEqualTo("doc-500");
        assertThat(life.step("s1").allowed()).isEqualTo(4);
    }

    @Test
    void shouldUseUpNoAttemptWhenTheVerifierDiesWhileItLooks() {
        Life life = Life.running().accepted();
        life.progressed(Phase.VERIFYING, 1, "looking", null);
        life.untilTimer();

        assertThat(life.attempt().attempt()).isEqualTo(2);
        assertThat(life.step("s1").allowed()).isEqualTo(4);
        assertThat(life.journal.stream().filter(entry -> entry.type() == Entry.Type.STEP_FAILED))
                .singleElement()
                .satisfies(
                        entry -> assertThat(entry.data().path("code").asText()).isEqualTo("verifier-silent"));
    }

    @Test
    void shouldNotFailWhenAnExecutorHandsItsWorkOverWhileAPauseIsPending() {
        Life life = Life.running().accepted().on(new Happening.Pause("bob", null));

        life.completed(Outcome.Failed.retryable("handed-over", "it stops"), Life.failed("x"));

        assertThat(life.plan.status()).isEqualTo(PlanStatus.PAUSED);
        assertThat(life.step("s1").status()).isEqualTo(StepStatus.RETRYING);
        assertThat(life.on(new Happening.Resume("bob", null)).attempt().attempt())
                .isEqualTo(2);
    }

    @Test
    void shouldFenceOffAboveTheClustersNumberWhenTheLastWordWasBehind() {
        Life life = Life.running().accepted().on(new Happening.Abandon("bob", "gone"));
        AttemptId fence = life.last(StepCancelRequested.class).attempt();
        ObjectNode details = JsonNodeFactory.instance.objectNode().put("epoch", 500L);
        Outcome behind = new Outcome.Failed("epoch-behind", "the lease is at 500", true, details);

        life.on(life.completion(fence, behind, Life.failed("x")));

        assertThat(life.plan.status()).isEqualTo(PlanStatus.ABANDONED);
        assertThat(life.last(StepCancelRequested.class).attempt().epoch()).isEqualTo(501);
        assertThat(life.last(StepCancelRequested.class).last()).isTrue();
        Plan fenced = life.plan;
        assertThat(life.on(life.completion(fence, behind, Life.failed("x"))).plan)
                .isSameAs(fenced);
    }

    @Test
    void shouldNameTheSameAlertOnlyOnceWhenSomethingCanNeverBeSaid() {
        Life life = Life.running().passed().passed();
        for (int i = 0; i < 60; i++) {
            life.on(new Happening.Undeliverable("plan.verification.requested", "too large"))
                    .untilTimer();
        }

        assertThat(life.types()).containsOnlyOnce(Entry.Type.PLAN_ALERTED);
    }

    @Test
    void shouldSayThatItWasNotBegunWhenTheQueueLimitComesAfterTheFirstAlert() {
        Life life = Life.running();
        while (life.plan.status() != PlanStatus.PAUSED) {
            life.untilTimer();
        }

        assertThat(life.plan.alert().code()).isEqualTo("not-begun");
        assertThat(life.plan.alert().text()).contains("it was not begun");
    }

    @Test
    void shouldCountTheVerifiersSilenceFromItsLastSignAndNotFromTheQuestion() {
        Life life = Life.running().passed().passed();
        String id = life.last(PlanVerificationRequested.class).verificationId();
        for (int i = 1; i <= 100; i++) {
            life.after(Duration.ofSeconds(8));
            life.on(new Happening.VerificationProgressed(
                    new PlanVerificationProgressed("p", id, Life.INSTALLATION, "v1", i, null)));
        }

        life.untilTimer();

        assertThat(life.plan.alert()).isNull();
    }

    @Test
    void shouldNeverAskTheSameQuestionTwiceWhenTheDatabaseWasRestored() {
        Life before = Life.running().passed().passed();
        Life restored = Life.running();
        restored.now = restored.now.plusSeconds(60);
        restored.passed().passed();

        assertThat(restored.last(PlanVerificationRequested.class).verificationId())
                .isNotEqualTo(before.last(PlanVerificationRequested.class).verificationId());
    }

    @Test
    void shouldLookAgainWhenTheRecipesHaveChangedMeanwhile() {
        Life life = Life.submitted(Submission.Start.MANUAL);
        String first = life.plan.observation().id();
        life.resolver.askAlsoFor("volume");

        life.observed(2);

        assertThat(life.plan.status()).isEqualTo(PlanStatus.OBSERVING);
        assertThat(life.plan.observation().id()).isNotEqualTo(first);
        assertThat(life.plan.observation().asked()).extracting(FactSpec::fact).containsExactly("version", "volume");

        life.observed(2);

        assertThat(life.plan.status()).isEqualTo(PlanStatus.PLANNED);
    }
}
