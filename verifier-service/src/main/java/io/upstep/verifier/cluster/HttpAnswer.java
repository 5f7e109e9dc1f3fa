package io.upstep.verifier.cluster;

/**
 * What a GET was answered with.
 *
 * @param complete false if the body was longer than the limit and is cut off
 */
public record HttpAnswer(int status, String body, boolean complete) {
    private static final int SHOWN = 120;

    public boolean isGood() {
        return status >= 200 && status < 300;
    }

    /** The beginning of the body on one line, for people. */
    public String excerpt() {
        String line = body.strip().replaceAll("\\s+", " ");
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }
}
