package io.upstep.event;

import java.util.List;

/**
 * Executor or verifier to planner: a sign of life of an attempt.
 *
 * @param worker who works on it
 * @param sequence counts from 1 within the attempt and worker; a lower one that comes late is old news
 * @param fraction how much is done, 0 to 1; null when that cannot be said
 * @param message what is being done now
 * @param lines log lines since the last one
 * @param cursor where the next attempt can continue; null keeps the last one
 */
public record StepProgressed(
        AttemptId attempt,
        Installation installation,
        String worker,
        long sequence,
        Phase phase,
        Double fraction,
        String message,
        List<String> lines,
        String cursor)
        implements EventData {
    public StepProgressed {
        Require.present(attempt, "attempt");
        Require.present(installation, "installation");
        Require.text(worker, "worker");
        Require.atLeastOne(sequence, "sequence");
        Require.present(phase, "phase");
        if (fraction != null && !(fraction >= 0 && fraction <= 1)) {
            throw new IllegalArgumentException("'fraction' must be between 0 and 1, but is " + fraction);
        }
        lines = Require.list(lines, "lines");
    }

    @Override
    public String subject() {
        return attempt.planId();
    }

    @Override
    public String cluster() {
        return installation.cluster();
    }

    /** Accepted and executing by an executor; verifying by a verifier, and once by the executor when it hands over. */
    public enum Phase {
        ACCEPTED,
        EXECUTING,
        VERIFYING
    }
}
