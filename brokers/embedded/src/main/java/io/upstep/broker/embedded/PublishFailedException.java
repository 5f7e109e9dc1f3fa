package io.upstep.broker.embedded;

/** The embedded broker did not take a message; publishing it again is right. */
public final class PublishFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PublishFailedException(String message) {
        super(message);
    }
}
