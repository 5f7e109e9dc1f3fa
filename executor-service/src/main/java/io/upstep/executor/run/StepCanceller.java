package io.upstep.executor.run;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.upstep.event.Event;
import io.upstep.event.Outcome;
import io.upstep.event.StepCancelRequested;
import io.upstep.event.StepExecuted;
import io.upstep.executor.Worker;
import io.upstep.executor.action.Leftovers;
import io.upstep.executor.action.StoppedException;
import io.upstep.executor.cluster.Clusters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/** Cancels: takes the installation at the cancellation's epoch first, so that whoever worked there can write no more. */
@ApplicationScoped
public class StepCanceller {
    private static final Logger LOG = Logger.getLogger(StepCanceller.class);
    private static final Duration LIFETIME = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Admission admission;
    private final Leases leases;
    private final Executions executions;
    private final Clusters clusters;
    private final List<Leftovers> leftovers;
    private final ReliablePublisher publisher;
    private final StepThreads threads;
    private final StepMetrics metrics;
    private final Worker worker;
    private final Clock clock;

    @Inject
    public StepCanceller(
            Admission admission,
            Leases leases,
            Executions executions,
            Clusters clusters,
            @Any Instance<Leftovers> leftovers,
            ReliablePublisher publisher,
            StepThreads threads,
            StepMetrics metrics,
            Worker worker,
            Clock clock) {
        this(
                admission,
                leases,
                executions,
                clusters,
                leftovers.stream().toList(),
                publisher,
                threads,
                metrics,
                worker,
                clock);
    }

    StepCanceller(
            Admission admission,
            Leases leases,
            Executions executions,
            Clusters clusters,
            List<Leftovers> leftovers,
            ReliablePublisher publisher,
            StepThreads threads,
            StepMetrics metrics,
            Worker worker,
            Clock clock) {
        this.admission = admission;
        this.leases = leases;
        this.executions = executions;
        this.clusters = clusters;
        this.leftovers = leftovers;
        this.publisher = publisher;
        this.threads = threads;
        this.metrics = metrics;
        this.worker = worker;
        this.clock = clock;
    }

    /** Completes when it is cancelled and said so, or when something newer made it pointless. */
    public CompletionStage<Void> cancelRequested(Event<StepCancelRequested> event) {
        CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        threads.run(() -> {
            try {
                cancel(event);
                acknowledged.complete(null);
            } catch (RuntimeException e) {
                acknowledged.completeExceptionally(e);
            }
        });
        return acknowledged;
    }

    private void cancel(Event<StepCancelRequested> event) {
        Instant since = clock.instant();
        StepCancelRequested request = event.data();
        // What runs here can be stopped at once, whether or not the cluster answers.
        List<Execution> here = executions.olderThan(request.attempt());
        here.forEach(execution -> execution.stop(StopReason.CANCELLED, "cancelled: " + request.reason()));
        try {
            admission
                    .claim(bid(request), PATIENCE, () -> false)
                    .ifPresent(claim -> conclude(event, claim, here, since));
        } catch (KubernetesClientException e) {
            answerRefusal(event, e, since);
        }
    }

    private Leases.Bid bid(StepCancelRequested request) {
        // As the request it follows might have, so that the request is behind should it come late.
        return new Leases.Bid(
                request.installation(),
                request.attempt(),
                request.planner(),
                request.adopts(),
                worker.name(),
                LIFETIME);
    }

    private void conclude(Event<StepCancelRequested> event, Leases.Claim claim, List<Execution> here, Instant since) {
        StepCancelRequested request = event.data();
        if (claim instanceof Leases.Claim.Superseded) {
            publish(event, Refusals.outcome(claim, request.installation(), request.attempt()), since);
            return;
        }
        here.forEach(execution -> execution.endsWithin(ActionCall.LAST_MOMENT));
        if (claim instanceof Leases.Claim.Foreign foreign) {
            // Nothing of this plan may write there any more, and what it left is the other's to decide on.
            publish(event, cancelled(event, elsewhere(foreign.holder())), since);
            return;
        }
        String left = stopLeftovers(request, claim);
        // Before it is said: whoever hears that the plan is over may count on the installation being free.
        if (request.last()) {
            end(request);
        } else if (claim instanceof Leases.Claim.Held held) {
            held.lease().release();
        }
        publish(event, cancelled(event, left), since);
    }

    private void end(StepCancelRequested request) {
        leases.end(
                clusters.client(request.installation().cluster()),
                new Leases.PlanEnd(
                        request.installation(),
                        request.attempt().planId(),
                        request.attempt().epoch(),
                        request.planner()));
    }

    private static String elsewhere(Holder holder) {
        return "; the installation belongs to plan " + holder.planId() + " of another Upstep";
    }

    /** Without a lease nobody was stopped, unless there is nothing left that anybody could work on. */
    private void answerRefusal(Event<StepCancelRequested> event, KubernetesClientException e, Instant since) {
        if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
            publish(event, cancelled(event, "; there is no namespace any more"), since);
        } else if (Failures.outcome(e) instanceof Outcome.Failed failed && !failed.retryable()) {
            publish(event, Outcome.Failed.of("cancel-failed", "cannot take the lease: " + failed.summary()), since);
        } else {
            throw e;
        }
    }

    private static Outcome cancelled(Event<StepCancelRequested> event, String addition) {
        return new Outcome.Cancelled("cancelled: " + event.data().reason() + addition);
    }

    /** Work that goes on in the cluster by itself, such as a Job, would otherwise outlive its cancellation. */
    private String stopLeftovers(StepCancelRequested request, Leases.Claim claim) {
        KubernetesClient client = clusters.client(request.installation().cluster());
        StringBuilder said = new StringBuilder();
        for (Leftovers kind : leftovers) {
            try {
                kind.stop(client, request.installation(), request.attempt(), () -> verify(client, request, claim))
                        .forEach(what -> said.append("; stopped ").append(what));
            } catch (KubernetesClientException e) {
                LOG.warnf("Could not stop what %s left behind: %s", request.attempt(), e.getMessage());
                said.append("; could not stop what it left behind: ").append(Failures.said(e));
            } catch (StoppedException e) {
                said.append("; left alone what it left behind: ").append(e.getMessage());
            }
        }
        return said.toString();
    }

    /** @throws StoppedException when something newer has taken the installation: what is there may be its own by now */
    private void verify(KubernetesClient client, StepCancelRequested request, Leases.Claim claim) {
        Leases.Standing standing = claim instanceof Leases.Claim.Held held
                ? held.lease().verify()
                : leases.standing(client, request.installation(), request.attempt());
        if (!standing.held()) {
            throw new StoppedException(standing.reason());
        }
    }

    private void publish(Event<StepCancelRequested> event, Outcome outcome, Instant since) {
        StepCancelRequested request = event.data();
        metrics.executed("cancel", outcome, Duration.between(since, clock.instant()));
        StepExecuted executed = new StepExecuted(
                request.attempt(),
                request.installation(),
                null,
                worker.name(),
                outcome,
                List.of(),
                since,
                clock.instant());
        if (!publisher.publishUntilTaken(executed, event.traceparent(), threads::pause)) {
            throw new IllegalStateException("stopped before the broker took the cancellation of " + request.attempt());
        }
    }
}
