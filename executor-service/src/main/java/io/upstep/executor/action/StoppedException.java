package io.upstep.executor.action;

/** The attempt no longer owns the installation, or is to end for another reason: its action goes no further. */
public final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoppedException(String reason) {
        super(reason);
    }
}
