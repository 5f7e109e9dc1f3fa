package io.upstep.executor.run;

import io.fabric8.kubernetes.client.KubernetesClientException;
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
import java.util.Optional;
import java.util.function.BooleanSupplier;

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
        record Dropped(String reason) implements Decision {
            static final Dropped EXPIRED = new Dropped("expired");
            static final Dropped KNOWN_HERE = new Dropped("known-here");
            static final Dropped KNOWN_ELSEWHERE = new Dropped("known-elsewhere");
        }
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
        if (execution.isExpired()) {
            return Decision.Dropped.EXPIRED;
        }
        try {
            if (request.mode() == StepRequested.Mode.PREVIEW) {
                clusters.client(request.installation().cluster());
                return new Decision.Admitted(null);
            }
            return claim(bid(request), request.limits().start(), execution::isExpired)
                    .map(claim -> decision(execution, claim))
                    .orElse(Decision.Dropped.EXPIRED);
        } catch (KubernetesClientException | ClusterUnavailableException e) {
            return execution.isExpired() ? Decision.Dropped.EXPIRED : new Decision.Refused(Failures.outcome(e));
        }
    }

    /**
     * What to tell who asks for what was done here before, as a planner does whose database was restored from a backup: it is
     * never done again under the same name, and never left unanswered, because then the planner would ring for ever.
     */
    Decision decideAgain(Execution execution) {
        Decision decision = decide(execution);
        if (decision instanceof Decision.Admitted admitted) {
            // The lease was not let go of, or not even taken: the planner waits for a sign of life, and tries anew.
            admitted.lease().release();
            announce(execution, worker.name());
        }
        boolean answered = decision instanceof Decision.Refused || decision == Decision.Dropped.EXPIRED;
        return answered ? decision : Decision.Dropped.KNOWN_HERE;
    }

    private Leases.Bid bid(StepRequested request) {
        return new Leases.Bid(
                request.installation(),
                request.attempt(),
                request.planner(),
                request.adopts(),
                worker.name(),
                request.limits().heartbeat());
    }

    /**
     * Claims the installation; a cluster that does not answer is asked again for as long as {@code patience} lasts.
     *
     * @param expired asked before each try, because waiting may have made it pointless
     * @return empty when it expired
     */
    Optional<Leases.Claim> claim(Leases.Bid bid, Duration patience, BooleanSupplier expired) {
        Instant end = clock.instant().plus(patience);
        while (!expired.getAsBoolean()) {
            try {
                return Optional.of(
                        leases.claim(clusters.client(bid.installation().cluster()), bid));
            } catch (KubernetesClientException | ClusterUnavailableException e) {
                boolean inTime = clock.instant().isBefore(end) && !executions.isStopping();
                if (!Failures.isPassing(e) || !inTime || threads.pause(BETWEEN_TRIES)) {
                    throw e;
                }
            }
        }
        return Optional.empty();
    }

    private Decision decision(Execution execution, Leases.Claim claim) {
        if (claim instanceof Leases.Claim.Held held) {
            return new Decision.Admitted(held.lease());
        }
        if (claim instanceof Leases.Claim.Known known) {
            announce(
                    execution,
                    known.holder().worker() == null
                            ? worker.name()
                            : known.holder().worker());
            return Decision.Dropped.KNOWN_ELSEWHERE;
        }
        return new Decision.Refused(Refusals.outcome(
                claim, execution.request().installation(), execution.request().attempt()));
    }

    /**
     * The holder may have died before it could say that it had accepted. Then the planner would ring for this attempt for
     * ever; told of the acceptance it waits for a sign of life instead, and when none comes starts the next attempt.
     */
    private void announce(Execution execution, String by) {
        StepRequested request = execution.request();
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
}
