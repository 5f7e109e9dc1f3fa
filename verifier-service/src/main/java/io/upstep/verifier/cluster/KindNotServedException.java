package io.upstep.verifier.cluster;

/** The API server answers, but knows no such kind, so there can be no object of it. */
public final class KindNotServedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public KindNotServedException(String kind, String apiVersion) {
        super("expected a kind the API server knows, came '" + kind + "'"
                + (apiVersion == null
                        ? " without an apiVersion, which only Kubernetes' own kinds can do without"
                        : " of " + apiVersion + ", which it does not serve"));
    }
}
