package io.upstep.executor.action.helm;

/**
 * Which chart: of a repository, of an OCI registry, on the executor's disk, or stored by helm.pull of the same plan.
 *
 * @param repository the repository's address, with {@code name} and {@code version}
 * @param oci {@code oci://host/path}, with {@code version}
 * @param path a directory or a .tgz
 * @param from what helm.pull was given as {@code into}
 * @param digest {@code sha256:} of the archive, which must be that one
 */
public record ChartRef(
        String repository, String oci, String path, String from, String name, String version, String digest) {
    public ChartRef {
        repository = given(repository);
        oci = given(oci);
        path = given(path);
        from = given(from);
        version = given(version);
        name = given(name);
        digest = given(digest);
        int ways =
                (repository == null ? 0 : 1) + (oci == null ? 0 : 1) + (path == null ? 0 : 1) + (from == null ? 0 : 1);
        if (ways != 1) {
            throw new IllegalArgumentException(
                    "expected 'chart' to have one of 'repository', 'oci', 'path' and 'from', came " + ways
                            + " of them");
        }
        if (repository != null && (name == null || version == null) || oci != null && version == null) {
            throw new IllegalArgumentException("expected 'chart' of a " + (oci == null ? "repository" : "registry")
                    + " to have 'version'" + (oci == null ? " and 'name'" : ""));
        }
        if (oci != null && !oci.matches("oci://[^/]+/.+")) {
            throw new IllegalArgumentException("expected 'oci' such as oci://host/path, came '" + oci + "'");
        }
        if (hasCredentials(repository) || hasCredentials(oci)) {
            throw new IllegalArgumentException(
                    "expected 'chart' at an address without a name and a password, which many may"
                            + " read; put a chart that is not for everybody on the executor's disk and give its 'path'");
        }
        if (digest != null && !digest.matches("sha256:[0-9a-f]{64}")) {
            throw new IllegalArgumentException("expected 'digest' to be sha256: and 64 digits, came '" + digest + "'");
        }
    }

    private static boolean hasCredentials(String address) {
        return address != null && address.matches("[^/]*//[^/]*@.*");
    }

    /** A parameter of a plan that was not given comes as an empty text. */
    private static String given(String text) {
        return text == null || text.isBlank() ? null : text;
    }

    @Override
    public String toString() {
        if (repository != null) {
            return name + " " + version + " of " + repository;
        }
        return oci != null ? oci + ":" + version : path != null ? path : "the chart stored as " + from;
    }
}
