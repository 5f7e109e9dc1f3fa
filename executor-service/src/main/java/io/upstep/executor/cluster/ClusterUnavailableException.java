package io.upstep.executor.cluster;

/** There is no way to a cluster's API server at the moment, and why. */
public final class ClusterUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ClusterUnavailableException(String reason) {
        super(reason);
    }
}
