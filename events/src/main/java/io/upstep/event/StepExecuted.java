package io.upstep.event;

import java.time.Instant;
import java.util.List;

/** Executor to verifiers of the cluster: this is what I did; look for yourself. Failed steps go this way too. */
public record StepExecuted(
        AttemptId attempt,
        Installation installation,
        StepRequested.Mode mode,
        String worker,
        Outcome outcome,
        List<CheckSpec> checks,
        Instant startedAt,
        Instant finishedAt)
        implements EventData {
    public StepExecuted {
        Require.present(attempt, "attempt");
        Require.present(installation, "installation");
        mode = mode == null ? StepRequested.Mode.APPLY : mode;
        Require.text(worker, "worker");
        Require.present(outcome, "outcome");
        checks = Require.list(checks, "checks");
        Require.present(startedAt, "startedAt");
        Require.present(finishedAt, "finishedAt");
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
