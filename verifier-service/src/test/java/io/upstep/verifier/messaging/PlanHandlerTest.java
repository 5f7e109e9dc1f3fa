package io.upstep.verifier.messaging;

import static io.upstep.verifier.Patiently.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.upstep.event.CheckSpec;
import io.upstep.event.Ending;
import io.upstep.event.PlanVerificationProgressed;
import io.upstep.event.PlanVerificationRequested;
import io.upstep.event.UpgradeCompleted;
import io.upstep.event.Verdict;
import io.upstep.verifier.MovableClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlanHandlerTest {
    private static final CheckSpec HELD = Requests.check("test.held", "{}", Duration.ofMinutes(1));

    private final HeldCheck held = new HeldCheck();
    private final MovableClock clock = new MovableClock();
    private RunningVerifier verifier = new RunningVerifier(List.of(held), "progress-interval", "50ms");

    @AfterEach
    void close() {
        verifier.close();
    }

    @Test
    void shouldSaySucceededWithEvidenceAndWhatRunsWhenTheExitChecksAreGood() {
        verifier.cluster.put(Requests.MARK);

        UpgradeCompleted completed = completed(Requests.ended(Ending.SUCCEEDED, null, Requests.MARKED));

        assertThat(completed.ending()).isEqualTo(Ending.SUCCEEDED);
        assertThat(completed.verdict().isPassed()).isTrue();
        assertThat(completed.running().get("version").value().asText()).isEqualTo("1.20.0");
        assertThat(completed.from()).isEqualTo("1.19.0");
        assertThat(completed.target()).isEqualTo("1.20.0");
    }

    @Test
    void shouldSayFailedWhenThePlannerBelievesItSucceededButTheChecksAreNotGood() {
        UpgradeCompleted completed = completed(Requests.ended(Ending.SUCCEEDED, null, Requests.MARKED));

        assertThat(completed.ending()).isEqualTo(Ending.FAILED);
        assertThat(completed.reason())
                .contains("kubernetes.object on ConfigMap mark: expected present, saw none found");
        assertThat(completed.running().get("version").isKnown()).isFalse();
    }

    @Test
    void shouldSayFailedWhenTheClusterCannotBeAsked() {
        verifier.cluster.outage(true);

        UpgradeCompleted completed = completed(Requests.ended(Ending.SUCCEEDED, null, Requests.MARKED));

        assertThat(completed.ending()).isEqualTo(Ending.FAILED);
        assertThat(completed.verdict()).isInstanceOf(Verdict.Unknown.class);
        assertThat(completed.verdict().summary()).contains("503");
        assertThat(completed.running().get("version").unknown()).contains("503");
    }

    @Test
    void shouldMakeNoChecksButSayWhatRunsWhenItDidNotSucceed() {
        verifier.cluster.put(Requests.MARK);

        UpgradeCompleted completed = completed(Requests.ended(Ending.FAILED, "step 'roll' failed", Requests.MARKED));

        assertThat(completed.ending()).isEqualTo(Ending.FAILED);
        assertThat(completed.reason()).isEqualTo("step 'roll' failed");
        assertThat(completed.verdict()).isInstanceOf(Verdict.Failed.class);
        assertThat(completed.verdict().evidence().get(0).actual()).isEqualTo("FAILED: step 'roll' failed");
        assertThat(completed.running().get("version").value().asText()).isEqualTo("1.20.0");
    }

    @Test
    void shouldCallTheVerdictUnknownWhenItWasCancelled() {
        assertThat(completed(Requests.ended(Ending.CANCELLED, "no longer wanted"))
                        .verdict())
                .isInstanceOf(Verdict.Unknown.class);
    }

    @Test
    void shouldJudgeByTheVersionThatRunsWhenThereAreNoExitChecks() {
        verifier.cluster.put(Requests.MARK);

        UpgradeCompleted completed = completed(Requests.ended(Ending.SUCCEEDED, null));

        assertThat(completed.ending()).isEqualTo(Ending.SUCCEEDED);
        assertThat(completed.verdict().evidence().get(0).check()).isEqualTo("fact.version");
    }

    @Test
    void shouldNotSaySucceededWhenThereAreNeitherExitChecksNorAVersion() {
        UpgradeCompleted completed = completed(Requests.ended(Ending.SUCCEEDED, null));

        assertThat(completed.ending()).isEqualTo(Ending.FAILED);
        assertThat(completed.verdict()).isInstanceOf(Verdict.Unknown.class);
    }

    @Test
    void shouldSayRolledBackWithEvidenceWhenTheChecksOfTheRollbackAreGood() {
        verifier.cluster.put(Requests.MARK);

        UpgradeCompleted completed = completed(Requests.ended(Ending.ROLLED_BACK, "it was slow", Requests.MARKED));

        assertThat(completed.ending()).isEqualTo(Ending.ROLLED_BACK);
        assertThat(completed.reason()).isEqualTo("it was slow");
        assertThat(completed.verdict().isPassed()).isTrue();
        assertThat(completed.verdict().evidence().get(0).subject()).isEqualTo("ConfigMap mark");
        assertThat(completed.running().get("version").value().asText()).isEqualTo("1.20.0");
    }

    @Test
    void shouldSayFailedWhenTheChecksOfTheRollbackAreNotGood() {
        UpgradeCompleted completed = completed(Requests.ended(Ending.ROLLED_BACK, "it was slow", Requests.MARKED));

        assertThat(completed.ending()).isEqualTo(Ending.FAILED);
        assertThat(completed.verdict()).isInstanceOf(Verdict.Failed.class);
        assertThat(completed.reason())
                .startsWith("the checks of the rollback did not pass: kubernetes.object on ConfigMap mark")
                .endsWith("(rolled back because: it was slow)");
    }

    @Test
    void shouldNeverCallItRolledBackWhenTheClusterCannotBeAsked() {
        verifier.cluster.outage(true);

        UpgradeCompleted completed = completed(Requests.ended(Ending.ROLLED_BACK, null, Requests.MARKED));

        assertThat(completed.ending()).isEqualTo(Ending.FAILED);
        assertThat(completed.verdict()).isInstanceOf(Verdict.Unknown.class);
        assertThat(completed.reason())
                .startsWith("the checks of the rollback did not pass")
                .contains("503");
        assertThat(completed.running().get("version").unknown()).contains("503");
    }

    @Test
    void shouldJudgeARollbackWithoutChecksByTheVersionItCameFrom() {
        verifier.cluster.put(Requests.MARK.replace("1.20.0", "1.19.0"));

        assertThat(completed(Requests.ended(Ending.ROLLED_BACK, null)).ending()).isEqualTo(Ending.ROLLED_BACK);
    }

    @Test
    void shouldNotCallItRolledBackWhenTheNewVersionStillRuns() {
        verifier.cluster.put(Requests.MARK);

        UpgradeCompleted completed = completed(Requests.ended(Ending.ROLLED_BACK, null));

        assertThat(completed.ending()).isEqualTo(Ending.FAILED);
        assertThat(completed.verdict().evidence().get(0))
                .satisfies(e -> assertThat(e.expected()).isEqualTo("1.19.0"))
                .satisfies(e -> assertThat(e.actual()).isEqualTo("1.20.0"));
    }

    @Test
    void shouldOnlyObserveWhenItWasAbandoned() {
        verifier.cluster.put(Requests.MARK);

        UpgradeCompleted completed = completed(Requests.ended(Ending.ABANDONED, "its executor is gone", HELD));

        assertThat(completed.ending()).isEqualTo(Ending.ABANDONED);
        assertThat(completed.verdict()).isInstanceOf(Verdict.Unknown.class);
        assertThat(completed.running().get("version").value().asText()).isEqualTo("1.20.0");
        assertThat(held.looks()).isZero();
    }

    @Test
    void shouldSayAtOnceThatItJudgesAndThenAgainWhatItWaitsFor() {
        verifier.send(Requests.ended(Ending.ROLLED_BACK, null, HELD));

        assertThat(signs()).first().satisfies(sign -> {
            assertThat(sign.sequence()).isEqualTo(1);
            assertThat(sign.verificationId()).isEqualTo("verification-1");
            assertThat(sign.message()).isEqualTo("making the checks: test.held");
        });
        await().untilAsserted(() -> assertThat(signs())
                .anyMatch(sign -> sign.message().equals("waiting for the held one: expected to be let go, saw held")));
        assertThat(signs()).extracting(PlanVerificationProgressed::sequence).startsWith(1L, 2L);
        held.letGo();
        await().until(() -> verifier.desk.running() == 0);
        assertThat(verifier.broker
                        .published()
                        .get(verifier.broker.published().size() - 1)
                        .data())
                .isInstanceOf(UpgradeCompleted.class);
    }

    @Test
    void shouldJudgeOnceAndSayTheSameAgainWhenItIsAskedAgain() {
        PlanVerificationRequested asked = Requests.ended(Ending.ROLLED_BACK, null, HELD);
        verifier.send(asked);
        await().until(() -> held.looks() > 0);
        verifier.send(asked);
        assertThat(signs().stream().filter(sign -> sign.sequence() == 1)).hasSize(1);
        held.letGo();
        await().until(() -> verifier.desk.running() == 0);
        int looks = held.looks();

        verifier.send(asked);

        await().until(() -> verifier.broker.said(UpgradeCompleted.class).size() == 2);
        assertThat(held.looks()).isEqualTo(looks);
        assertThat(verifier.broker.published().stream()
                        .filter(event -> event.data() instanceof UpgradeCompleted)
                        .distinct())
                .hasSize(1);
    }

    @Test
    void shouldDropItsAnswerAndJudgeAnewWhenItStoodStillForLongerThanThePlannerWaits() {
        withMovableClock("50ms");
        PlanVerificationRequested asked = Requests.ended(Ending.ROLLED_BACK, null, HELD);
        verifier.send(asked);
        await().until(() -> held.looks() > 0);
        clock.advance(Duration.ofSeconds(16));
        awaitSigns(2);
        held.letGo();
        await().until(() -> verifier.desk.running() == 0);
        assertThat(verifier.broker.said(UpgradeCompleted.class)).isEmpty();

        assertThat(completed(asked).ending()).isEqualTo(Ending.ROLLED_BACK);
    }

    @Test
    void shouldDropItsAnswerWhenItIsFoundBeforeTheNextSignOfLife() {
        withMovableClock("1h");
        verifier.send(Requests.ended(Ending.ROLLED_BACK, null, HELD));
        await().until(() -> held.looks() > 0);
        clock.advance(Duration.ofSeconds(16));
        held.letGo();

        await().until(() -> verifier.desk.running() == 0);
        assertThat(verifier.broker.said(UpgradeCompleted.class)).isEmpty();
    }

    @Test
    void shouldDropItsAnswerWhenTheBrokerTookNoSignOfLifeForTooLong() {
        withMovableClock("50ms");
        verifier.send(Requests.ended(Ending.ROLLED_BACK, null, HELD));
        await().until(() -> held.looks() > 0);
        verifier.broker.failNext(Integer.MAX_VALUE);
        clock.advance(Duration.ofSeconds(16));
        held.letGo();

        await().until(() -> verifier.desk.running() == 0);
        verifier.broker.failNext(0);
        assertThat(verifier.broker.said(UpgradeCompleted.class)).isEmpty();
    }

    @Test
    void shouldAnswerWhenItTookLongAndWasHeardAllTheTime() {
        withMovableClock("50ms");
        verifier.send(Requests.ended(Ending.ROLLED_BACK, null, HELD));
        for (int i = 0; i < 3; i++) {
            clock.advance(Duration.ofSeconds(10));
            awaitSigns(3);
        }
        held.letGo();

        await().until(() -> !verifier.broker.said(UpgradeCompleted.class).isEmpty());
    }

    private void withMovableClock(String interval) {
        verifier.close();
        verifier = new RunningVerifier(clock, List.of(held), "progress-interval", interval);
    }

    /** The first may have been on its way, and only when one more is said is the one before it done with. */
    private void awaitSigns(int more) {
        int before = signs().size();
        await().until(() -> signs().size() >= before + more);
    }

    private List<PlanVerificationProgressed> signs() {
        return verifier.broker.said(PlanVerificationProgressed.class);
    }

    private UpgradeCompleted completed(PlanVerificationRequested asked) {
        verifier.send(asked);
        await().until(() -> !verifier.broker.said(UpgradeCompleted.class).isEmpty());
        return verifier.broker.said(UpgradeCompleted.class).get(0);
    }
}
