package io.upstep.simulator.api;

import io.upstep.simulator.rules.Refusal;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Stands before the API server and decides how a request fares: through, slowly or later, refused, lost or unanswered. */
public interface Gate {
    Verdict admit(Request request);

    /** What becomes of a request. */
    sealed interface Verdict {}

    /** It goes on, after a while. */
    record Pass(Duration latency) implements Verdict {}

    /** It is refused at the door. */
    record Refuse(Refusal with) implements Verdict {}

    /** It is kept, unapplied, and goes on when this is done. */
    record Keep(CompletionStage<Void> until) implements Verdict {}

    /** Its connection breaks after a while without an answer; it may have been applied all the same. */
    record Lose(boolean applied, Duration after) implements Verdict {}

    /** It is never answered. */
    record Hang() implements Verdict {}
}
