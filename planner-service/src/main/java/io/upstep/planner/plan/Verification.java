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
 */
@RecordBuilder
public record Verification(String id, Ending ending, String reason, int rings, Instant requestedAt)
        implements VerificationBuilder.With {}
