package io.upstep.planner.recipe;

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
record VersionNumber(String text, Semver semver) implements Comparable<VersionNumber> {
    private static final Pattern LENIENT = Pattern.compile(
            "[vV]?(\\d{1,9})(?:\\.(\\d{1,9}))?(?:\\.(\\d{1,9}))?(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?");

    /** What runs where nothing is installed. No version is lower. */
    static final VersionNumber NONE = new VersionNumber("none", Semver.parse("0.0.0-0"));

    static Optional<VersionNumber> parse(String text) {
        Matcher matcher = LENIENT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String numbers = number(matcher.group(1)) + "." + number(matcher.group(2)) + "." + number(matcher.group(3));
        String suffix = matcher.group(4) == null ? "" : matcher.group(4);
        return Optional.ofNullable(Semver.parse(numbers + suffix)).map(semver -> new VersionNumber(text, semver));
    }

    boolean isSameAs(VersionNumber other) {
        return compareTo(other) == 0;
    }

    boolean isLowerThan(VersionNumber other) {
        return compareTo(other) < 0;
    }

    boolean isPreRelease() {
        return !semver.getPreRelease().isEmpty();
    }

    @Override
    public int compareTo(VersionNumber other) {
        return semver.compareTo(other.semver);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VersionNumber version && isSameAs(version);
    }

    @Override
    public int hashCode() {
        return semver.getVersion().hashCode();
    }

    @Override
    public String toString() {
        return text;
    }

    private static int number(String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}
