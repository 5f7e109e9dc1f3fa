package io.upstep.executor.run;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.upstep.event.Event;
import io.upstep.event.LeaseReleaseRequested;
import io.upstep.executor.cluster.ClusterUnavailableException;
import io.upstep.executor.cluster.Clusters;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/** Frees an installation whose plan is over. */
@ApplicationScoped
public class LeaseReleaser {
    private static final Logger LOG = Logger.getLogger(LeaseReleaser.class);

    /** A courtesy to others: the planner waits for no answer, so it must not go round for ever. */
    static final Duration PATIENCE = Duration.ofHours(1);

    private final Leases leases;
    private final Clusters clusters;
    private final StepThreads threads;
    private final Clock clock;

    public LeaseReleaser(Leases leases, Clusters clusters, StepThreads threads, Clock clock) {
        this.leases = leases;
        this.clusters = clusters;
        this.threads = threads;
        this.clock = clock;
    }

    /** Completes when the lease is let go of, or is not this plan's; fails, for another delivery, when nobody can tell. */
    public CompletionStage<Void> releaseRequested(Event<LeaseReleaseRequested> event) {
        CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        threads.run(() -> {
            try {
                release(event);
                acknowledged.complete(null);
            } catch (RuntimeException e) {
                acknowledged.completeExceptionally(e);
            }
        });
        return acknowledged;
    }

    private void release(Event<LeaseReleaseRequested> event) {
        LeaseReleaseRequested request = event.data();
        try {
            leases.end(
                    clusters.client(request.installation().cluster()),
                    new Leases.PlanEnd(request.installation(), request.planId(), request.epoch(), request.planner()));
        } catch (KubernetesClientException | ClusterUnavailableException e) {
            if (Failures.isPassing(e) && isRecent(event.time())) {
                throw e;
            }
            LOG.warnf(
                    "The lease of %s stays with plan %s, which is over; another Upstep can adopt it: %s",
                    request.installation(), request.planId(), e.getMessage());
        }
    }

    private boolean isRecent(Instant said) {
        return clock.instant().isBefore(said.plus(PATIENCE));
    }
}
