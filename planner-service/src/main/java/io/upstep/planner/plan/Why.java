package io.upstep.planner.plan;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Why a plan is where it is.
 *
 * @param sentence the whole answer for people
 * @param hold what keeps it from being forgotten; null when it is over
 * @param waitingFor what it waits for; null when it is over
 * @param since since when
 * @param releasedBy what will make it go on; null when it is over
 * @param next what the planner does by itself if nothing comes; null when it does nothing
 * @param nextAt when it does that; null when it does nothing
 */
public record Why(
        String sentence, Hold hold, String waitingFor, Instant since, String releasedBy, String next, Instant nextAt) {

    /** The same, but for the broker: what the plan has to say has not left the planner yet. */
    public Why brokerAway(Instant notTakenSince) {
        String away = "The broker has not taken the plan's messages since "
                + notTakenSince.truncatedTo(ChronoUnit.SECONDS) + "; they are kept and tried again.";
        return new Why(sentence + " " + away, hold, waitingFor, since, "the broker", "the planner tries again", nextAt);
    }
}
