package io.upstep.executor.action.kubernetes;

import java.util.List;

/**
 * A container image as written in a manifest: {@code [registry[:port]/]path[:tag][@digest]}.
 *
 * @param tag null if there is none
 * @param digest null if there is none
 */
record ImageReference(String repository, String tag, String digest) {
    private static final List<String> IMPLIED = List.of("docker.io/library/", "docker.io/", "index.docker.io/");

    static ImageReference parse(String text) {
        int at = text.indexOf('@');
        String digest = at < 0 ? null : text.substring(at + 1);
        String rest = at < 0 ? text : text.substring(0, at);
        // A colon before the last slash belongs to the registry's port.
        int colon = rest.indexOf(':', rest.lastIndexOf('/') + 1);
        return colon < 0
                ? new ImageReference(rest, null, digest)
                : new ImageReference(rest.substring(0, colon), rest.substring(colon + 1), digest);
    }

    /** @param wanted a tag, a digest, or a tag with a digest */
    ImageReference with(String wanted) {
        if (wanted.startsWith("sha256:") || wanted.startsWith("@")) {
            return new ImageReference(repository, null, wanted.replaceFirst("^@", ""));
        }
        int at = wanted.indexOf('@');
        return at < 0
                ? new ImageReference(repository, wanted, null)
                : new ImageReference(repository, wanted.substring(0, at), wanted.substring(at + 1));
    }

    /** Whether the repository starts so, with Docker Hub's name said or not. */
    boolean isIn(String prefix) {
        return bare(repository).startsWith(bare(prefix)) || repository.startsWith(prefix);
    }

    private static String bare(String name) {
        return IMPLIED.stream()
                .filter(name::startsWith)
                .findFirst()
                .map(implied -> name.substring(implied.length()))
                .orElse(name);
    }

    @Override
    public String toString() {
        return repository + (tag == null ? "" : ":" + tag) + (digest == null ? "" : "@" + digest);
    }
}
