package io.upstep.broker;

/** A message that no further try could make right, with the reason that is written beside it in the dead letters. */
public final class RejectedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RejectedException(String reason) {
        super(reason);
    }
}
