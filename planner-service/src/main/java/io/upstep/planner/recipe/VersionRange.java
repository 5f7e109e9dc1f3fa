package io.upstep.planner.recipe;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.semver4j.range.RangeList;
import org.semver4j.range.RangeListFactory;

/**
 * A set of versions, for example {@code >=1.13 <2}. Pre-releases count: those of an exclusive upper bound lie outside,
 * those of an inclusive lower bound inside, so that 2.0.0-rc1 belongs to 2 and not to 1.
 *
 * @param text as the recipe writes it
 */
record VersionRange(String text, RangeList ranges) {
    private static final Pattern BOUND = Pattern.compile("(>=|<)(\\d+)(?:\\.(\\d+))?(?:\\.(\\d+))?(?![\\d.-])");

    static VersionRange of(String text) {
        RangeList ranges = RangeListFactory.create(withPreReleases(text), true);
        if (ranges.get().isEmpty()) {
            throw new FaultException(
                    FaultCode.INVALID_RANGE,
                    "a range such as '>=1.13 <2'",
                    "'" + text + "'",
                    "write bounds with a space between them, or ' || ' between ranges");
        }
        return new VersionRange(text, ranges);
    }

    boolean contains(VersionNumber version) {
        return version.semver().satisfies(ranges);
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
