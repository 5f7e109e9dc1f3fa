package io.upstep.planner.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.soabase.recordbuilder.core.RecordBuilder;
import io.upstep.event.Outcome;
import io.upstep.event.TimeLimits;
import io.upstep.event.Verdict;
import java.time.Instant;
import java.util.Map;

/**
 * One try of a step.
 *
 * @param number counts from 1 within the step
 * @param epoch the fencing number it runs under; raised when it is told to stop
 * @param worker the executor that accepted it; null until then
 * @param verifier who looks whether it worked; null until one gave a sign of life
 * @param rings how often those it waits for were told of it, or told to stop it, or found not to answer
 * @param stoppedAt when executors were told to stop it; null if they were not
 * @param heard the last sequence number heard from each worker
 * @param fraction how much is done, 0 to 1; null when that cannot be said
 * @param message what is being done now
 * @param cursor where the next attempt can continue; null when it has to begin anew
 * @param outcome what the executor said, or the planner on its behalf when it fell silent; null while it is live
 * @param verdict what the verifier saw; null when it was not asked
 * @param marked who says that there is nothing left to do but to verify; null for an attempt that does the work
 */
@RecordBuilder
public record Attempt(
        int number,
        long epoch,
        String worker,
        String verifier,
        int rings,
        Instant requestedAt,
        Instant acceptedAt,
        Instant stoppedAt,
        Instant lastHeartbeat,
        Map<String, Long> heard,
        Double fraction,
        String message,
        String cursor,
        Outcome outcome,
        Verdict verdict,
        Instant finishedAt,
        MarkedDone marked)
        implements AttemptBuilder.With {
    public Attempt {
        heard = heard == null ? Map.of() : Map.copyOf(heard);
    }

    static Attempt requested(int number, long epoch, String cursor, MarkedDone marked, Instant now) {
        return AttemptBuilder.builder()
                .number(number)
                .epoch(epoch)
                .rings(1)
                .requestedAt(now)
                .cursor(cursor)
                .marked(marked)
                .build();
    }

    /** When it must not be begun any more. */
    Instant notAfter(TimeLimits limits) {
        return requestedAt.plus(limits.queue());
    }

    @JsonIgnore
    public boolean isLive() {
        return finishedAt == null;
    }
}
