package io.upstep.executor.run;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.upstep.event.Outcome;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StoppedException;
import io.upstep.executor.cluster.ClusterUnavailableException;
import java.net.HttpURLConnection;
import org.jboss.logging.Logger;

/** Turns what an action threw into an outcome that says what happened and whether trying again makes sense. */
final class Failures {
    private static final Logger LOG = Logger.getLogger(Failures.class);
    private static final int TOO_MANY_REQUESTS = 429;

    private Failures() {}

    static Outcome outcome(Exception e) {
        if (e instanceof ActionException failure) {
            return failure.outcome();
        }
        if (e instanceof StoppedException) {
            return Outcome.Failed.retryable("interrupted", "the action was interrupted: " + e.getMessage());
        }
        if (e instanceof ClusterUnavailableException) {
            return Outcome.Failed.retryable("cluster-unreachable", e.getMessage());
        }
        if (e instanceof KubernetesClientTimeoutException) {
            return Outcome.Failed.retryable("timeout", e.getMessage());
        }
        if (e instanceof KubernetesClientException kubernetes) {
            return kubernetes(kubernetes);
        }
        // Ours, not the cluster's: the only place where the trace is of use to anybody.
        LOG.error("An action failed in a way it did not expect", e);
        return Outcome.Failed.of("internal-error", "the action failed unexpectedly: " + e);
    }

    /** Whether it may be gone when tried again. */
    static boolean isPassing(Exception e) {
        return outcome(e) instanceof Outcome.Failed failed && failed.retryable();
    }

    private static Outcome kubernetes(KubernetesClientException e) {
        int code = e.getCode();
        if (code <= 0) {
            return Outcome.Failed.retryable("cluster-unreachable", "the API server does not answer: " + deepest(e));
        }
        if (code == HttpURLConnection.HTTP_CONFLICT) {
            return Outcome.Failed.retryable("conflict", said(e));
        }
        if (code == HttpURLConnection.HTTP_CLIENT_TIMEOUT || code == TOO_MANY_REQUESTS || code >= 500) {
            return Outcome.Failed.retryable("api-server-error", said(e));
        }
        return Outcome.Failed.of("rejected-by-api-server", said(e));
    }

    /** The API server's own reason, where it gave one. */
    static String said(KubernetesClientException e) {
        String message = e.getStatus() != null && e.getStatus().getMessage() != null
                ? e.getStatus().getMessage()
                : e.getMessage();
        return "the API server answered " + e.getCode() + ": " + message;
    }

    private static String deepest(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
