package io.upstep.planner.plan;

import java.time.Instant;

/**
 * Writes down that nobody answers: once when it becomes news, because reminding goes on for as long as it takes, and once
 * more, for an operator, when it has lasted.
 */
final class Reminders {
    private static final int NEWS = 2;

    private final Patience patience;

    Reminders(Patience patience) {
        this.patience = patience;
    }

    /** Verifiers cannot be reminded of an executed step: it is only said that none has taken notice. */
    void missed(Draft draft, Step step, Attempt attempt) {
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

    /** @param rings how often they were asked by now */
    void reminded(Draft draft, int rings, String role, Instant since) {
        String cluster = draft.plan().installation().cluster();
        if (rings == NEWS) {
            draft.log(Entry.Type.REMINDED, Entry.PLANNER, "waitingFor", role, "cluster", cluster, "since", since);
        }
        Instant asked = draft.heard(since);
        if (!asked.plus(patience.alert()).isAfter(draft.now())) {
            draft.alert(
                    "no-" + role,
                    "no " + role + " of cluster " + cluster + " has answered for "
                            + Sentences.length(since, draft.now())
                            + "; see whether one is running and reaches the broker");
        }
    }
}
