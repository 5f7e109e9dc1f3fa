package io.upstep.planner.recipe;

/** What expressions can ask of a version: {@code to.inRange(">=1.13 <2")}, {@code from.major()}. */
final class VersionFunctions {
    private VersionFunctions() {}

    static boolean inRange(String version, String range) {
        return VersionRange.of(range).contains(number(version));
    }

    static long major(String version) {
        return number(version).semver().getMajor();
    }

    private static VersionNumber number(String version) {
        return VersionNumber.parse(version)
                .orElseThrow(() -> new IllegalArgumentException("expected a version, came '" + version + "'"));
    }
}
