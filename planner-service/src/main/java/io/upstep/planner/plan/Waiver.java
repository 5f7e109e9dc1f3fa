package io.upstep.planner.plan;

import java.util.Objects;

/**
 * A restore point that somebody does without.
 *
 * @param restorePoint its name in the recipe
 * @param by who answers for it
 * @param reason why, for whoever reads the completion event
 */
public record Waiver(String restorePoint, String by, String reason) {
    public Waiver {
        Objects.requireNonNull(restorePoint, "restorePoint");
        Objects.requireNonNull(by, "by");
        Objects.requireNonNull(reason, "reason");
    }
}
