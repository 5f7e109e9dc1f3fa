package io.upstep.event;

import java.time.Instant;

/**
 * One thing the verifier saw, and what it had expected to see.
 *
 * @param check the check that looked
 * @param subject what it looked at, for example {@code Deployment polyaxon-polyaxon-api}
 */
public record Evidence(String check, String subject, Result result, String expected, String actual, Instant at) {
    public Evidence {
        Require.text(check, "evidence.check");
        Require.text(subject, "evidence.subject");
        Require.present(result, "evidence.result");
        Require.present(at, "evidence.at");
    }

    public enum Result {
        PASSED,
        FAILED,
        UNKNOWN
    }
}
