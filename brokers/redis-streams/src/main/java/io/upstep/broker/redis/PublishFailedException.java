package io.upstep.broker.redis;

/** Redis is not known to have done what was asked; asking again is right, because receivers tell messages apart by id. */
public final class PublishFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PublishFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
