package io.upstep.event;

import java.time.Instant;

/** Verifier to planner and subscribers: an attempt is over; what its executor said and what the verifier saw. */
public record StepCompleted(
        AttemptId attempt,
        Installation installation,
        StepRequested.Mode mode,
        String worker,
        String verifier,
        Outcome outcome,
        Verdict verdict,
        Instant startedAt,
        Instant finishedAt,
        Instant verifiedAt)
        implements EventData {
    public StepCompleted {
        Require.present(attempt, "attempt");
        Require.present(installation, "installation");
        mode = mode == null ? StepRequested.Mode.APPLY : mode;
        Require.text(worker, "worker");
        Require.text(verifier, "verifier");
        Require.present(outcome, "outcome");
        Require.present(verdict, "verdict");
        Require.present(startedAt, "startedAt");
        Require.present(finishedAt, "finishedAt");
        Require.present(verifiedAt, "verifiedAt");
    }

    @Override
    public String subject() {
        return attempt.planId();
    }

    @Override
    public String cluster() {
        return installation.cluster();
    }
}
