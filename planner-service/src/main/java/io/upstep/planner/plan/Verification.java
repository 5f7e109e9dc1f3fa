package io.upstep.planner.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.soabase.recordbuilder.core.RecordBuilder;
import io.upstep.event.Ending;
import java.time.Instant;

/**
 * The final judgement asked of the verifiers.
 *
 * @param ending how the planner believes it ended
 * @param reason why, if it did not succeed
 * @param rings how often verifiers were asked
 * @param verifier who judges; null until one gave a sign of life
 * @param heard the last sequence number heard from it
 * @param heardAt when that was
 * @param message what it looks at now
 */
@RecordBuilder
public record Verification(
        String id,
        Ending ending,
        String reason,
        int rings,
        Instant requestedAt,
        String verifier,
        long heard,
        Instant heardAt,
        String message)
        implements VerificationBuilder.With {

    /** Since when nothing has been heard of it. */
    @JsonIgnore
    Instant silentSince() {
        return heardAt == null ? requestedAt : heardAt;
    }

    static Verification asked(String id, Ending ending, String reason, Instant now) {
        return new Verification(id, ending, reason, 1, now, null, 0, null, null);
    }
}
