package io.upstep.configuration;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.semver4j.Semver;

/**
 * A version as people write it ({@code v1.2.3}, {@code 1.20}, {@code 1.9.2-317}), ordered by semantic versioning.
 *
 * @param text as it was written
 * @param semver what it is compared by
 */
record Version(String text, Semver semver) implements Comparable<Version> {
    private static final Pattern LENIENT = Pattern.compile(
            "[vV]?(\\d{1,9})(?:\\.(\\d{1,9}))?(?:\\.(\\d{1,9}))?(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?");

    static Optional<Version> parse(String text) {
        Matcher matcher = LENIENT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String numbers = number(matcher.group(1)) + "." + number(matcher.group(2)) + "." + number(matcher.group(3));
        String suffix = matcher.group(4) == null ? "" : matcher.group(4);
        return Optional.ofNullable(Semver.parse(numbers + suffix)).map(semver -> new Version(text, semver));
    }

    boolean isSameAs(Version other) {
        return compareTo(other) == 0;
    }

    /** @throws IllegalArgumentException if it is none */
    static Version of(String text) {
        return parse(text)
                .orElseThrow(() ->
                        new IllegalArgumentException("expected a version such as 1.20.0, came '" + shown(text) + "'"));
    }

    /** The version right behind this one. */
    Version next() {
        Semver next = semver.getPreRelease().isEmpty() ? semver.nextPatch() : semver.withClearedPreRelease();
        return new Version(next.getVersion(), next);
    }

    boolean isLowerThan(Version other) {
        return compareTo(other) < 0;
    }

    @Override
    public int compareTo(Version other) {
        return semver.compareTo(other.semver);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Version version && isSameAs(version);
    }

    @Override
    public int hashCode() {
        return semver.getVersion().hashCode();
    }

    @Override
    public String toString() {
        return text;
    }

    private static String shown(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }

    private static int number(String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}
