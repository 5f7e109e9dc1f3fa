package io.upstep.verifier.check.kubernetes;

/**
 * A container image's name, taken apart.
 *
 * @param repository with its registry, for example {@code registry:5000/polyaxon/polyaxon-api}
 * @param tag null if it has none
 */
record ImageRef(String repository, String tag) {

    static ImageRef parse(String image) {
        int digest = image.indexOf('@');
        String named = digest < 0 ? image : image.substring(0, digest);
        // A colon before the last slash belongs to the registry's port.
        int colon = named.indexOf(':', named.lastIndexOf('/') + 1);
        return colon < 0
                ? new ImageRef(named, null)
                : new ImageRef(named.substring(0, colon), named.substring(colon + 1));
    }

    /** The last part of its path and its tag: what stays the same when a mirror registry is put in front. */
    String shortName() {
        return repository.substring(repository.lastIndexOf('/') + 1) + (tag == null ? "" : ":" + tag);
    }
}
