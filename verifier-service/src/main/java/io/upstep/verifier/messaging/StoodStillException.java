package io.upstep.verifier.messaging;

import java.time.Duration;

/** Nothing was heard of this verifier for so long that another one may have been asked: its answer is not to be given. */
final class StoodStillException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoodStillException(Duration limit) {
        super("expected a sign of life at least every " + limit.toSeconds()
                + " s while judging, but this process stood still or the broker was away for longer");
    }
}
