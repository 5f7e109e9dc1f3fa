package io.upstep.configuration.cli;

/** Ends a command with a sentence for the person who ran it, and an exit code. */
final class ToldException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;

    ToldException(int code, String sentence) {
        super(sentence);
        this.code = code;
    }

    int code() {
        return code;
    }
}
