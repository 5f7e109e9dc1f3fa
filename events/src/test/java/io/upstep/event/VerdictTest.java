package io.upstep.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.upstep.event.Evidence.Result;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {

    @Test
    void shouldPassWhenEveryObservationIsAsExpected() {
        Verdict verdict = Verdict.of(List.of(saw(Result.PASSED), saw(Result.PASSED)));

        assertThat(verdict.isPassed()).isTrue();
        assertThat(verdict.summary()).isEqualTo("2 observations as expected");
    }

    @Test
    void shouldFailWhenOneObservationFailedAndAnotherIsUnknown() {
        Verdict verdict = Verdict.of(List.of(saw(Result.UNKNOWN), saw(Result.FAILED), saw(Result.PASSED)));

        assertThat(verdict).isInstanceOf(Verdict.Failed.class);
        assertThat(verdict.evidence()).hasSize(3);
        assertThat(verdict.summary()).isEqualTo("kubernetes.version on Deployment api: expected 1.20.0, saw 1.10.1");
    }

    @Test
    void shouldNotPassWhenOneObservationIsUnknown() {
        assertThat(Verdict.of(List.of(saw(Result.PASSED), saw(Result.UNKNOWN)))).isInstanceOf(Verdict.Unknown.class);
    }

    @Test
    void shouldNotPassWhenNothingWasLookedAt() {
        assertThat(Verdict.of(List.of())).isInstanceOf(Verdict.Unknown.class);
    }

    @Test
    void shouldBeRefusedWhenPassedIsClaimedAgainstTheEvidence() {
        assertThatThrownBy(() -> new Verdict.Passed("all well", List.of(saw(Result.UNKNOWN))))
                .hasMessageContaining("a passed verdict needs evidence that passed");
    }

    @Test
    void shouldBeRefusedWhenPassedIsClaimedWithoutEvidence() {
        assertThatThrownBy(() -> new Verdict.Passed("all well", List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'verdict.evidence' is empty");
    }

    @Test
    void shouldStillMakeASentenceWhenTheEvidenceSaysLittle() {
        Evidence bare = new Evidence("http.status", "/healthz/", Result.UNKNOWN, null, null, Instant.EPOCH);

        assertThat(Verdict.of(List.of(bare)).summary())
                .isEqualTo("http.status on /healthz/: expected it to hold, saw nothing");
    }

    private static Evidence saw(Result result) {
        return new Evidence("kubernetes.version", "Deployment api", result, "1.20.0", "1.10.1", Instant.EPOCH);
    }
}
