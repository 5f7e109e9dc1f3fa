package io.upstep.executor.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.upstep.event.Outcome;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailuresTest {

    @ParameterizedTest
    @CsvSource({
        "409, conflict, true",
        "408, api-server-error, true",
        "429, api-server-error, true",
        "500, api-server-error, true",
        "503, api-server-error, true",
        "403, rejected-by-api-server, false",
        "404, rejected-by-api-server, false",
        "422, rejected-by-api-server, false"
    })
    void shouldTellWhetherToTryAgainWhenTheApiServerAnswers(int code, String expected, boolean retryable) {
        Outcome.Failed failed = failed(new KubernetesClientException(
                "wrapped",
                code,
                new StatusBuilder().withMessage("the server's own words").build()));

        assertThat(failed.code()).isEqualTo(expected);
        assertThat(failed.retryable()).isEqualTo(retryable);
        assertThat(failed.summary()).contains("the server's own words");
    }

    @Test
    void shouldTryAgainWhenTheApiServerDoesNotAnswer() {
        Outcome.Failed failed =
                failed(new KubernetesClientException("wrapped", new ConnectException("Connection refused")));

        assertThat(failed.code()).isEqualTo("cluster-unreachable");
        assertThat(failed.retryable()).isTrue();
        assertThat(failed.summary()).contains("Connection refused");
    }

    private static Outcome.Failed failed(RuntimeException e) {
        return (Outcome.Failed) Failures.outcome(e);
    }
}
