package io.upstep.verifier.check.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Recognises a path that climbs out of where it begins, however often its dots and slashes are encoded. */
final class Climbing {
    /** Some servers take a backslash for a slash, and cut a segment's parameters off before they resolve it. */
    private static final Pattern UP = Pattern.compile("(^|[/\\\\])\\.\\.([/\\\\;?#]|$)");

    private static final Pattern QUERY = Pattern.compile("[?#].*", Pattern.DOTALL);

    private Climbing() {}

    /** @throws IllegalArgumentException if a % is not followed by two hexadecimal digits */
    static boolean isIn(String path) {
        String left = QUERY.matcher(path).replaceFirst("");
        for (String decoded = decoded(left); !decoded.equals(left); decoded = decoded(left)) {
            if (UP.matcher(left).find()) {
                return true;
            }
            left = decoded;
        }
        return UP.matcher(left).find();
    }

    private static String decoded(String path) {
        // A plus is a plus in a path.
        return path.indexOf('%') < 0 ? path : URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
