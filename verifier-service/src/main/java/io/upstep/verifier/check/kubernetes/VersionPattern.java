package io.upstep.verifier.check.kubernetes;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Takes a version out of a text by a regular expression with one group; without one, as versions are usually written. */
final class VersionPattern {
    /** Longer ones are mistakes, and the texts they are tried on are short. */
    private static final int LONGEST = 200;

    private static final int LONGEST_TEXT = 500;

    private VersionPattern() {}

    static void require(String pattern) {
        if (pattern == null) {
            return;
        }
        if (pattern.length() > LONGEST || groups(pattern) != 1) {
            throw new IllegalArgumentException("expected 'pattern' to be a regular expression of up to " + LONGEST
                    + " characters with one group, the version, came '" + pattern + "'");
        }
    }

    private static int groups(String pattern) {
        try {
            return Pattern.compile(pattern).matcher("").groupCount();
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "expected 'pattern' to be a regular expression: " + e.getDescription() + " in '" + pattern + "'",
                    e);
        }
    }

    /** The version in a text, if all of the text is as the pattern says. */
    static Optional<String> in(String pattern, String text) {
        if (pattern == null) {
            return Versions.in(text);
        }
        String read = text == null ? "" : text.strip();
        Matcher matcher = Pattern.compile(pattern).matcher(read);
        return read.length() <= LONGEST_TEXT && matcher.matches()
                ? Optional.ofNullable(matcher.group(1)).filter(version -> !version.isEmpty())
                : Optional.empty();
    }
}
