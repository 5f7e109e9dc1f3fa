package io.upstep.executor.action;

import io.upstep.event.Outcome;

/** Ends an action with a failed outcome. */
public final class ActionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final boolean retryable;

    private ActionException(String code, String message, boolean retryable) {
        super(message);
        this.code = code;
        this.retryable = retryable;
    }

    /** A failure that the same attempt made again would meet again. */
    public static ActionException permanent(String code, String message) {
        return new ActionException(code, message, false);
    }

    /** A failure that may be gone at the next attempt. */
    public static ActionException passing(String code, String message) {
        return new ActionException(code, message, true);
    }

    public String code() {
        return code;
    }

    public Outcome outcome() {
        return new Outcome.Failed(code, getMessage(), retryable, null);
    }
}
