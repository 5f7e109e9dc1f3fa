package io.upstep.broker;

/** A message the broker is not known to have taken. Publishing it again is right: receivers tell messages apart by id. */
public final class PublishException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PublishException(String message, Throwable cause) {
        super(message, cause);
    }
}
