package io.upstep.planner.plan;

import java.time.Instant;

/** Writes down that nobody answers: once, when it becomes news, because reminding goes on for as long as it takes. */
final class Reminders {
    private static final int NEWS = 2;

    private Reminders() {}

    /** Verifiers cannot be reminded of an executed step: it is only said that none has taken notice. */
    static void logMissed(Draft draft, Step step, Attempt attempt) {
        draft.log(
                Entry.Type.REMINDED,
                Entry.PLANNER,
                "step",
                step.id(),
                "attempt",
                attempt.number(),
                "waitingFor",
                "verifier",
                "cluster",
                draft.plan().installation().cluster(),
                "since",
                attempt.lastHeartbeat());
    }

    static void log(Draft draft, int rings, String role, Instant since) {
        if (rings == NEWS) {
            draft.log(
                    Entry.Type.REMINDED,
                    Entry.PLANNER,
                    "waitingFor",
                    role,
                    "cluster",
                    draft.plan().installation().cluster(),
                    "since",
                    since);
        }
    }
}
