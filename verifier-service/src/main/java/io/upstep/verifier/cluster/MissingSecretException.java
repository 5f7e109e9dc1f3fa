package io.upstep.verifier.cluster;

/** A Secret, or a key of it, that a check was told to use is not there. */
public final class MissingSecretException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MissingSecretException(String message) {
        super(message);
    }
}
