package io.upstep.configuration.document;

/** A text that is not a configuration document: what was expected, what came, and where. */
public final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final String expected;
    private final String actual;

    UnreadableException(int line, String expected, String actual) {
        super("Expected " + expected + ", came " + actual + (line > 0 ? " in line " + line : "") + ".");
        this.line = line;
        this.expected = expected;
        this.actual = actual;
    }

    /** Counts from 1; 0 for the whole text. */
    public int line() {
        return line;
    }

    public String expected() {
        return expected;
    }

    public String actual() {
        return actual;
    }
}
