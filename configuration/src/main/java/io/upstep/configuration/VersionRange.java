package io.upstep.configuration;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.semver4j.range.RangeList;
import org.semver4j.range.RangeListFactory;

/**
 * A set of versions, for example {@code >=1.13 <2}. Pre-releases count: those of an exclusive upper bound lie outside,
 * those of an inclusive lower bound inside, so that 2.0.0-rc1 belongs to 2 and not to 1.
 *
 * @param text as the rule file writes it
 */
record VersionRange(String text, RangeList ranges) {
    private static final Pattern BOUND = Pattern.compile("(>=|<)(\\d+)(?:\\.(\\d+))?(?:\\.(\\d+))?(?![\\d.-])");

    private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+){0,2}(-[0-9A-Za-z.-]+)?");

    static VersionRange of(String text) {
        RangeList ranges = RangeListFactory.create(withPreReleases(text), true);
        if (ranges.get().isEmpty()) {
            throw new IllegalArgumentException("expected a range such as '>=1.13 <2', came '" + text + "'");
        }
        return new VersionRange(text, ranges);
    }

    boolean contains(Version version) {
        return version.semver().satisfies(ranges);
    }

    /** The versions it names, and the ones right behind them: if two ranges have a version in common, then one of these. */
    List<Version> corners() {
        return VERSION.matcher(text)
                .results()
                .map(found -> Version.of(found.group()))
                .flatMap(version -> Stream.of(version, version.next()))
                .toList();
    }

    @Override
    public String toString() {
        return text;
    }

    private static String withPreReleases(String text) {
        return BOUND.matcher(text).replaceAll(VersionRange::lowestPreRelease);
    }

    private static String lowestPreRelease(java.util.regex.MatchResult bound) {
        return Matcher.quoteReplacement(
                bound.group(1) + bound.group(2) + "." + part(bound.group(3)) + "." + part(bound.group(4)) + "-0");
    }

    private static String part(String digits) {
        return digits == null ? "0" : digits;
    }
}
