package io.upstep.event;

/** A message that is not an event of this contract; the message says what was expected and what came. */
public final class MalformedEventException extends Exception {
    private static final long serialVersionUID = 1L;

    public MalformedEventException(String message) {
        super(message);
    }
}
