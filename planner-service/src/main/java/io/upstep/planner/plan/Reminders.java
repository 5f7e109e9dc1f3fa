package io.upstep.planner.plan;

import java.time.Instant;

/** Writes down that nobody answers: once, when it becomes news, because reminding goes on for as long as it takes. */
final class Reminders {
    private static final int NEWS = 2;

    private Reminders() {}

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
