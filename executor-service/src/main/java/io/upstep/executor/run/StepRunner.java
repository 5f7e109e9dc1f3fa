package io.upstep.executor.run;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.upstep.broker.UndeliverableException;
import io.upstep.event.Event;
import io.upstep.event.Outcome;
import io.upstep.event.StepExecuted;
import io.upstep.event.StepProgressed;
import io.upstep.event.StepRequested;
import io.upstep.executor.ExecutorConfig;
import io.upstep.executor.Worker;
import io.upstep.executor.cluster.Clusters;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/**
 * Carries requests out. A request is a doorbell: it is acknowledged as soon as the installation's lease is held and the
 * planner was told, so that how long a step takes is no concern of the broker's.
 */
@ApplicationScoped
public class StepRunner {
    private static final Logger LOG = Logger.getLogger(StepRunner.class);

    private final ExecutorConfig config;
    private final Admission admission;
    private final ActionCall call;
    private final Executions executions;
    private final Clusters clusters;
    private final ReliablePublisher publisher;
    private final StepThreads threads;
    private final StepMetrics metrics;
    private final Worker worker;
    private final Clock clock;

    public StepRunner(
            ExecutorConfig config,
            Admission admission,
            ActionCall call,
            Executions executions,
            Clusters clusters,
            ReliablePublisher publisher,
            StepThreads threads,
            StepMetrics metrics,
            Worker worker,
            Clock clock) {
        this.config = config;
        this.admission = admission;
        this.call = call;
        this.executions = executions;
        this.clusters = clusters;
        this.publisher = publisher;
        this.threads = threads;
        this.metrics = metrics;
        this.worker = worker;
        this.clock = clock;
    }

    /** Completes when the request needs no further delivery: accepted, answered, or somebody else's. */
    public CompletionStage<Void> requested(Event<StepRequested> event) {
        Execution execution = new Execution(event, worker.name(), publisher, clock);
        Executions.Known known = executions.add(execution);
        if (known == Executions.Known.AT_WORK) {
            // Its signs of life tell the planner.
            metrics.dropped(Admission.Decision.Dropped.KNOWN_HERE.reason());
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        threads.run(() -> carryOut(execution, known, acknowledged));
        return acknowledged;
    }

    private void carryOut(Execution execution, Executions.Known known, CompletableFuture<Void> acknowledged) {
        boolean answered = false;
        boolean inside = executions.enter();
        try {
            answered = inside && admitAndRun(execution, known, acknowledged);
        } catch (RuntimeException e) {
            acknowledged.completeExceptionally(e);
        } finally {
            if (inside) {
                executions.leave();
            }
            executions.remove(execution, answered);
            // Unless it was acknowledged: left to be delivered again, here or elsewhere.
            acknowledged.completeExceptionally(new IllegalStateException(worker.name() + " is stopping"));
        }
    }

    /** Returns whether nothing more is to be said on this request, should it come again. */
    private boolean admitAndRun(Execution execution, Executions.Known known, CompletableFuture<Void> acknowledged) {
        Instant since = clock.instant();
        Admission.Decision decision =
                known == Executions.Known.DONE ? admission.decideAgain(execution) : admission.decide(execution);
        if (decision instanceof Admission.Decision.Dropped dropped) {
            metrics.dropped(dropped.reason());
            acknowledged.complete(null);
            return false;
        }
        if (decision instanceof Admission.Decision.Refused refused) {
            boolean told = answer(execution, refused.outcome(), since);
            if (told) {
                acknowledged.complete(null);
            }
            return told;
        }
        return run(execution, ((Admission.Decision.Admitted) decision).lease(), acknowledged);
    }

    private boolean run(Execution execution, Leases.InstallationLease lease, CompletableFuture<Void> acknowledged) {
        KubernetesClient client =
                clusters.client(execution.request().installation().cluster());
        execution.begin(client, lease);
        Duration interval = Pulse.interval(execution.request().limits(), config.heartbeatInterval());
        try (Pulse pulse = Pulse.start(threads, interval, execution, () -> renew(execution))) {
            if (execution.sayAccepted()) {
                acknowledged.complete(null);
                conclude(execution, call.outcome(execution));
            } else if (execution.isExpired()) {
                metrics.dropped(Admission.Decision.Dropped.EXPIRED.reason());
                acknowledged.complete(null);
            } else if (lostForGood(execution)) {
                acknowledged.complete(null);
            }
        } finally {
            if (lease != null) {
                lease.release();
            }
        }
        return acknowledged.isDone();
    }

    private void renew(Execution execution) {
        execution.renew();
        call.overdue(execution).ifPresent(outcome -> conclude(execution, outcome));
    }

    private void conclude(Execution execution, Outcome outcome) {
        if (outcome == null) {
            execution.stopped().ifPresent(stop -> metrics.stopped(stop.reason()));
        } else {
            answer(execution, outcome, execution.hold().since());
        }
    }

    /** The last word on an accepted attempt; said on the side, so that nothing waits for it. */
    private void handOver(Execution execution) {
        StepProgressed last =
                execution.report().sign(StepProgressed.Phase.VERIFYING).event();
        threads.run(() -> publisher.publishUntilTaken(last, execution.traceparent(), threads::pause));
    }

    private boolean answer(Execution execution, Outcome outcome, Instant since) {
        if (!execution.answers()) {
            return true;
        }
        StepRequested request = execution.request();
        Instant now = clock.instant();
        metrics.executed(request.action(), outcome, Duration.between(since, now));
        LOG.infof("%s %s: %s", request.attempt(), request.action(), outcome.summary());
        boolean taken = publish(execution, outcome, since, now);
        // Who refused it has accepted nothing that could be handed over.
        if (taken && execution.hold() != null) {
            handOver(execution);
        }
        return taken;
    }

    /** What is too large for the broker is told as a failure: not to be told anything would look like a dead executor. */
    private boolean publish(Execution execution, Outcome outcome, Instant since, Instant now) {
        try {
            return publisher.publishUntilTaken(
                    executed(execution.request(), outcome, since, now), execution.traceparent(), threads::pause);
        } catch (UndeliverableException e) {
            Outcome small = Outcome.Failed.of(
                    "too-large-to-tell", "what came of it does not fit into a message: " + e.getMessage());
            return publisher.publishUntilTaken(
                    executed(execution.request(), small, since, now), execution.traceparent(), threads::pause);
        }
    }

    private StepExecuted executed(StepRequested request, Outcome outcome, Instant since, Instant now) {
        return new StepExecuted(
                request.attempt(),
                request.installation(),
                request.mode(),
                worker.name(),
                outcome,
                request.checks(),
                since,
                now);
    }

    private static boolean lostForGood(Execution execution) {
        return execution
                .stopped()
                .filter(stop -> stop.reason() != StopReason.HANDED_OVER)
                .isPresent();
    }

    /** Takes no more work, lets running steps end within the grace period, and hands the others over. */
    public void stop() {
        executions.close();
        Instant end = clock.instant().plus(config.gracePeriod());
        for (Execution execution : executions.running()) {
            if (!execution.endsWithin(Duration.between(clock.instant(), end))) {
                execution.stop(StopReason.HANDED_OVER, "the executor stops");
            }
        }
        executions.running().forEach(execution -> execution.endsWithin(ActionCall.LAST_MOMENT));
    }
}
