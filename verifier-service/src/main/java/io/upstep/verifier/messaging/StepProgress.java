package io.upstep.verifier.messaging;

import io.upstep.event.Evidence;
import io.upstep.event.StepExecuted;
import io.upstep.event.StepProgressed;
import io.upstep.verifier.VerifierConfig;
import io.upstep.verifier.check.Workers;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.Future;

/** Says, as long as a step is being verified, that it is, and what it waits for. */
@ApplicationScoped
public class StepProgress {
    private static final int SHOWN = 300;

    private final SteadyPublisher publisher;
    private final Identity identity;
    private final Workers workers;
    private final VerifierConfig config;

    public StepProgress(SteadyPublisher publisher, Identity identity, Workers workers, VerifierConfig config) {
        this.publisher = publisher;
        this.identity = identity;
        this.workers = workers;
        this.config = config;
    }

    Reporter of(StepExecuted executed) {
        return new Reporter(executed);
    }

    /** The signs of life of one verification, until it is closed. */
    final class Reporter implements AutoCloseable {
        private final StepExecuted executed;
        private final Future<?> rhythm;
        private String waitingFor = "looking";
        private long sequence;
        private boolean closed;

        private Reporter(StepExecuted executed) {
            this.executed = executed;
            this.rhythm = workers.every(config.progressInterval(), workers.pool(), this::report);
        }

        synchronized void seen(List<Evidence> evidence) {
            evidence.stream()
                    .filter(e -> e.result() != Evidence.Result.PASSED)
                    .findFirst()
                    .ifPresent(e -> waitingFor =
                            "waiting for " + e.subject() + ": expected " + e.expected() + ", saw " + e.actual());
        }

        private synchronized void report() {
            if (!closed) {
                publisher.publishOnce(identity.event(new StepProgressed(
                        executed.attempt(),
                        executed.installation(),
                        identity.worker(),
                        ++sequence,
                        StepProgressed.Phase.VERIFYING,
                        null,
                        waitingFor.length() <= SHOWN ? waitingFor : waitingFor.substring(0, SHOWN) + "…",
                        List.of(),
                        null)));
            }
        }

        @Override
        public synchronized void close() {
            closed = true;
            rhythm.cancel(false);
        }
    }
}
