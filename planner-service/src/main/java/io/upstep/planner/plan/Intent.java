package io.upstep.planner.plan;

import java.time.Instant;
import java.util.List;

/**
 * What someone wants of a running plan that it cannot do until the step under way is over.
 *
 * @param keep the steps a rollback leaves as they are
 */
public record Intent(Kind kind, String actor, String reason, Instant since, List<String> keep) {
    public Intent {
        keep = keep == null ? List.of() : List.copyOf(keep);
    }

    public enum Kind {
        PAUSE,
        CANCEL,
        ROLLBACK
    }
}
