package io.upstep.executor.run;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.upstep.event.AttemptId;
import io.upstep.event.Installation;
import io.upstep.event.Outcome;
import io.upstep.event.StepProgressed;
import io.upstep.event.StepRequested;
import io.upstep.executor.Worker;
import io.upstep.executor.cluster.ClusterUnavailableException;
import io.upstep.executor.cluster.Clusters;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Decides whether a request becomes work here: only with the installation's lease in hand. */
@ApplicationScoped
public class Admission {
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    private final Leases leases;
    private final Clusters clusters;
    private final ReliablePublisher publisher;
    private final Executions executions;
    private final StepThreads threads;
    private final Worker worker;
    private final Clock clock;

    /** What becomes of a request. */
    sealed interface Decision {

        /** @param lease null for a preview, which changes nothing and so needs to own nothing */
        record Admitted(Leases.InstallationLease lease) implements Decision {}

        /** It gets this answer without any work. */
        record Refused(Outcome outcome) implements Decision {}

        /** It needs no answer from here. */
        record Dropped(String reason) implements Decision {}
    }

    public Admission(
            Leases leases,
            Clusters clusters,
            ReliablePublisher publisher,
            Executions executions,
            StepThreads threads,
            Worker worker,
            Clock clock) {
        this.leases = leases;
        this.clusters = clusters;
        this.publisher = publisher;
        this.executions = executions;
        this.threads = threads;
        this.worker = worker;
        this.clock = clock;
    }

    Decision decide(Execution execution) {
        StepRequested request = execution.request();
        try {
            if (request.mode() == StepRequested.Mode.PREVIEW) {
                clusters.client(request.installation().cluster());
                return new Decision.Admitted(null);
            }
            return decision(
                    execution,
                    claim(
                            request.installation(),
                            request.attempt(),
                            request.limits().heartbeat(),
                            request.limits().start()));
        } catch (KubernetesClientException | ClusterUnavailableException e) {
            return new Decision.Refused(Failures.outcome(e));
        }
    }

    /** Claims the installation; a cluster that does not answer is asked again for as long as {@code patience} lasts. */
    Leases.Claim claim(Installation installation, AttemptId attempt, Duration lifetime, Duration patience) {
        Instant end = clock.instant().plus(patience);
        while (true) {
            try {
                return leases.claim(
                        clusters.client(installation.cluster()), installation, attempt, worker.name(), lifetime);
            } catch (KubernetesClientException | ClusterUnavailableException e) {
                boolean passing = Failures.outcome(e) instanceof Outcome.Failed failed && failed.retryable();
                boolean inTime = clock.instant().isBefore(end) && !executions.isStopping();
                if (!passing || !inTime || threads.pause(BETWEEN_TRIES)) {
                    throw e;
                }
            }
        }
    }

    private Decision decision(Execution execution, Leases.Claim claim) {
        if (claim instanceof Leases.Claim.Held held) {
            return new Decision.Admitted(held.lease());
        }
        if (claim instanceof Leases.Claim.Known known) {
            announce(execution, known.holder());
            return new Decision.Dropped("known-elsewhere");
        }
        Holder by = ((Leases.Claim.Superseded) claim).by();
        return by.isOfPlan(execution.request().attempt().planId())
                ? new Decision.Dropped("superseded")
                : new Decision.Refused(heldBy(by, execution.request()));
    }

    /**
     * The holder may have died before it could say that it had accepted. Then the planner would ring for this attempt for
     * ever; told of the acceptance it waits for a sign of life instead, and when none comes starts the next attempt.
     */
    private void announce(Execution execution, Holder holder) {
        StepRequested request = execution.request();
        String by = holder.worker() == null ? worker.name() : holder.worker();
        publisher.publishUntilTaken(
                new StepProgressed(
                        request.attempt(),
                        request.installation(),
                        by,
                        1,
                        StepProgressed.Phase.ACCEPTED,
                        null,
                        "was accepted before, as the installation's lease says",
                        List.of(),
                        null),
                execution.traceparent(),
                threads::pause);
    }

    private Outcome heldBy(Holder holder, StepRequested request) {
        String state = holder.isAlive(clock.instant()) ? "is held by " : "was last held by ";
        return Outcome.Failed.of(
                "lease-held",
                "expected the lease " + LeaseObject.name(request.installation()) + " in namespace "
                        + request.installation().namespace() + " at an epoch below "
                        + request.attempt().epoch() + ", but the installation " + state + holder
                        + "; let that plan end, or delete the lease if no such plan exists any more");
    }
}
