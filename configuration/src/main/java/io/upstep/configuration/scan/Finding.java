package io.upstep.configuration.scan;

/**
 * A line in which something has to change.
 *
 * @param file as it was reached from the directory given
 * @param found the line, shortened, with what looks like a secret left out
 */
public record Finding(String file, int line, String found, Errand errand) {

    /** As compilers write it. */
    public String text() {
        return file + ":" + line + ": " + found + "\n    now: " + errand.now() + "\n    " + errand.say() + " ("
                + errand.source() + ")";
    }
}
