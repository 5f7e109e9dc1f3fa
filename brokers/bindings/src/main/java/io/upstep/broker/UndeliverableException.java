package io.upstep.broker;

/** A message that no broker will ever take as it is. Publishing it again is pointless; {@link PublishException} says when not. */
public final class UndeliverableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UndeliverableException(String message) {
        super(message);
    }

    public UndeliverableException(String message, Throwable cause) {
        super(message, cause);
    }
}
