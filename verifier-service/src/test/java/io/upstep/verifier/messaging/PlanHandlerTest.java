package io.upstep.verifier.messaging;

import static io.upstep.verifier.Patiently.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.upstep.event.Ending;
import io.upstep.event.PlanVerificationRequested;
import io.upstep.event.UpgradeCompleted;
import io.upstep.event.Verdict;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlanHandlerTest {
    private final RunningVerifier verifier = new RunningVerifier(List.of());

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

    private UpgradeCompleted completed(PlanVerificationRequested asked) {
        verifier.send(asked);
        await().until(() -> !verifier.broker.said(UpgradeCompleted.class).isEmpty());
        return verifier.broker.said(UpgradeCompleted.class).get(0);
    }
}
