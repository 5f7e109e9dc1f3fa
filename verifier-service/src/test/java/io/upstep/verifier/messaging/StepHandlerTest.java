package io.upstep.verifier.messaging;

import static io.upstep.verifier.Patiently.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.upstep.event.CheckSpec;
import io.upstep.event.Outcome;
import io.upstep.event.StepCompleted;
import io.upstep.event.StepProgressed;
import io.upstep.event.StepRequested.Mode;
import io.upstep.event.Verdict;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StepHandlerTest {
    private static final CheckSpec HELD = Requests.check("test.held", "{}", Duration.ofMinutes(1));

    private final HeldCheck held = new HeldCheck();
    private final RunningVerifier verifier = new RunningVerifier(List.of(held), "progress-interval", "50ms");

    @AfterEach
    void close() {
        verifier.close();
    }

    @Test
    void shouldPassAStepWhenItsChecksAreGood() {
        verifier.cluster.put(Requests.MARK);
        verifier.send(Requests.succeeded(Requests.MARKED));

        StepCompleted completed = completed();

        assertThat(completed.verdict().isPassed()).isTrue();
        assertThat(completed.verdict().evidence()).singleElement().satisfies(e -> assertThat(e.subject())
                .isEqualTo("ConfigMap mark"));
        assertThat(completed.worker()).isEqualTo("executor-1");
        assertThat(completed.verifier()).startsWith("verifier-");
        assertThat(verifier.registry
                        .counter("upstep.verifier.verdicts", "of", "step", "result", "passed")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void shouldFailAStepThatSaysItSucceededWhenItsChecksAreNotGoodInTime() {
        verifier.send(Requests.succeeded(Requests.MARKED));

        assertThat(completed().verdict()).isInstanceOf(Verdict.Failed.class);
    }

    @Test
    void shouldMakeNoChecksWhenTheExecutorSaysThatItFailed() {
        verifier.send(
                Requests.executed(Outcome.Failed.of("no-such-image", "the image is not there"), Mode.APPLY, HELD));

        StepCompleted completed = completed();

        assertThat(completed.verdict()).isInstanceOf(Verdict.Failed.class);
        assertThat(completed.verdict().evidence().get(0).actual())
                .isEqualTo("failed (no-such-image): the image is not there");
        assertThat(held.looks()).isZero();
    }

    @Test
    void shouldPassAPreviewWithoutChecks() {
        verifier.send(Requests.executed(Outcome.Succeeded.of("would change 2 objects"), Mode.PREVIEW, HELD));

        assertThat(completed().verdict().isPassed()).isTrue();
        assertThat(held.looks()).isZero();
    }

    @Test
    void shouldPassWithTheOutcomeAsEvidenceWhenThereAreNoChecks() {
        verifier.send(Requests.succeeded());

        assertThat(completed().verdict().evidence()).singleElement().satisfies(e -> assertThat(e.check())
                .isEqualTo("step.outcome"));
    }

    @Test
    void shouldSayThatItIsVerifyingAndWhatItWaitsFor() {
        verifier.send(Requests.succeeded(HELD));

        await().untilAsserted(() -> assertThat(verifier.broker.said(StepProgressed.class))
                .hasSizeGreaterThan(2)
                .allMatch(p -> p.phase() == StepProgressed.Phase.VERIFYING)
                .anyMatch(p -> p.message().contains("waiting for the held one: expected to be let go, saw held")));
        assertThat(verifier.broker.said(StepProgressed.class))
                .extracting(StepProgressed::sequence)
                .startsWith(1L, 2L, 3L);
        held.letGo();
        assertThat(completed().verdict().isPassed()).isTrue();
    }

    @Test
    void shouldIgnoreWhatItIsWorkingOnAndRepeatWhatItHasAnswered() {
        verifier.send(Requests.succeeded(HELD));
        verifier.send(Requests.succeeded(HELD));
        held.letGo();
        completed();
        await().until(() -> verifier.desk.running() == 0);
        int looks = held.looks();

        verifier.send(Requests.succeeded(HELD));

        await().until(() -> verifier.broker.said(StepCompleted.class).size() == 2);
        assertThat(held.looks()).isEqualTo(looks);
        assertThat(verifier.broker.published().stream()
                        .filter(e -> e.data() instanceof StepCompleted)
                        .map(e -> e.id())
                        .distinct())
                .hasSize(1);
    }

    private StepCompleted completed() {
        await().until(() -> !verifier.broker.said(StepCompleted.class).isEmpty());
        return verifier.broker.said(StepCompleted.class).get(0);
    }
}
