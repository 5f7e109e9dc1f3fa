package io.upstep.verifier.check.elasticsearch;

/** A node was reached and did not answer what was asked; the message has its own reason. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    RefusedException(int status, String message) {
        super(message);
        this.status = status;
    }

    boolean isLogin() {
        return status == 401 || status == 403;
    }

    boolean isMissing() {
        return status == 404;
    }
}
