package io.upstep.verifier.check.elasticsearch;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The name of an index, or of several, with {@code *} for anything. */
record IndexPattern(String text) {
    /** What Elasticsearch would take for a list, a leaving out, or another question. */
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9.*][A-Za-z0-9._*@=~-]{0,254}");

    IndexPattern {
        if (text == null || !SAFE.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "expected the name of an index, or a pattern with *, came '" + text + "'");
        }
    }

    static List<IndexPattern> all(Collection<String> texts) {
        if (texts == null || texts.isEmpty()) {
            throw new IllegalArgumentException("expected 'indices', names or patterns, which are missing");
        }
        return texts.stream().map(IndexPattern::new).toList();
    }

    static String path(Collection<IndexPattern> patterns) {
        return patterns.stream().map(IndexPattern::text).collect(Collectors.joining(","));
    }

    /** The node's own are meant only by whoever says so. */
    boolean asksForHidden() {
        return text.startsWith(".");
    }
}
