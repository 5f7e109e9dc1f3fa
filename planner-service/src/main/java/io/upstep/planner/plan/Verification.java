package io.upstep.planner.plan;

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
        String message)
        implements VerificationBuilder.With {

    static Verification asked(String id, Ending ending, String reason, Instant now) {
        return new Verification(id, ending, reason, 1, now, null, 0, null);
    }
}
