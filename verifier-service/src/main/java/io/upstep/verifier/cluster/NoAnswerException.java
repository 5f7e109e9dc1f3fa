package io.upstep.verifier.cluster;

/** Nobody answered what was asked, so the answer is unknown; the message says why. */
public final class NoAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NoAnswerException(String reason) {
        super(reason);
    }

    public NoAnswerException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
