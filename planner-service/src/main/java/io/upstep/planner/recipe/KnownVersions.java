package io.upstep.planner.recipe;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Which versions of a platform there are: the listed ones, or all that match a pattern. */
record KnownVersions(List<VersionNumber> listed, Pattern pattern) {
    private static final int SHOWN = 10;

    /** @throws IllegalArgumentException naming what is not a version or not a pattern */
    static KnownVersions of(PlatformSpec.Versions spec) {
        List<VersionNumber> listed = spec.known().stream()
                .map(text -> VersionNumber.parse(text)
                        .orElseThrow(() -> new FaultException(
                                FaultCode.INVALID_VERSION,
                                "a version",
                                "'" + text + "'",
                                "write it as 1.2.3, 1.2 or v1.2.3-rc1, in quotes")))
                .sorted(Comparator.reverseOrder())
                .toList();
        return new KnownVersions(listed, spec.pattern() == null ? null : pattern(spec.pattern()));
    }

    private static Pattern pattern(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new FaultException(
                    FaultCode.WRONG_VALUE,
                    "a regular expression",
                    "'" + text + "': " + Refusals.oneLine(e.getDescription()),
                    "correct the pattern");
        }
    }

    /** The version, if the platform has it: written as it is listed, so that 1.20 becomes the image tag 1.20.0. */
    Optional<VersionNumber> find(String text) {
        Optional<VersionNumber> version = VersionNumber.parse(text);
        return pattern == null
                ? version.flatMap(this::asListed)
                : version.filter(any -> pattern.matcher(text).matches());
    }

    private Optional<VersionNumber> asListed(VersionNumber version) {
        return listed.stream().filter(version::equals).findFirst();
    }

    /** For people: the newest ones, or the pattern. */
    String described() {
        if (pattern != null) {
            return "a version matching " + pattern;
        }
        String newest = String.join(
                ", ", listed.stream().limit(SHOWN).map(VersionNumber::text).toList());
        return listed.size() <= SHOWN
                ? "one of " + newest
                : "one of " + newest + " or " + (listed.size() - SHOWN) + " older ones";
    }
}
