package io.upstep.executor.action.elasticsearch;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The name of an index, or of several, with {@code *} for anything. */
record IndexPattern(String text) {
    /** What Elasticsearch would take for a list, a leaving out, or another request. */
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9.*][A-Za-z0-9._*@+=~-]{0,254}");

    IndexPattern {
        if (text == null || !SAFE.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "expected the name of an index, or a pattern with *, came '" + text + "'");
        }
    }

    boolean matches(String index) {
        String regex = Arrays.stream(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return index.matches(regex);
    }
}
