package io.upstep.verifier.check.sql;

/** What a check or probe was told does not lead to any database; looking again makes no sense. */
final class NoDatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoDatabaseException(String message) {
        super(message);
    }
}
