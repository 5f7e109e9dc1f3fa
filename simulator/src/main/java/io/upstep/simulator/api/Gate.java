package io.upstep.simulator.api;

import io.upstep.simulator.rules.Refusal;
import java.time.Duration;

/** Stands before the API server and decides how a request fares: through, slowly, refused or unanswered. */
public interface Gate {
    Verdict admit(Request request);

    /** What becomes of a request. */
    sealed interface Verdict {}

    /** It goes on, after a while. */
    record Pass(Duration latency) implements Verdict {}

    /** It is refused at the door. */
    record Refuse(Refusal with) implements Verdict {}

    /** It is never answered. */
    record Hang() implements Verdict {}
}
