package io.upstep.planner.plan;

import java.time.Instant;

/** What someone wants of a running plan that it cannot do until the step under way is over. */
public record Intent(Kind kind, String actor, String reason, Instant since) {

    public enum Kind {
        PAUSE,
        CANCEL
    }
}
