package io.upstep.verifier.check.kubernetes;

/**
 * A version as it was read in one place.
 *
 * @param where for people, for example {@code Deployment api, label app.kubernetes.io/version}
 * @param raw what stood there; null if nothing did
 * @param version the version in it; null if there is none
 * @param plain the version without what a packager may have put behind an image's
 */
record Reading(String where, String raw, String version, String plain) {

    /** What was found, or that nothing was. */
    String found() {
        return raw == null ? "nothing" : version == null ? "'" + raw + "', which is no version" : raw;
    }
}
