package io.upstep.verifier.check;

/** A check or probe that was asked for in a way it does not understand; the message says how. */
public final class BadParametersException extends Exception {
    private static final long serialVersionUID = 1L;

    public BadParametersException(String message) {
        super(message);
    }
}
