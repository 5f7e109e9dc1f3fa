package io.upstep.verifier.messaging;

import io.upstep.event.EventData;
import io.upstep.event.Evidence;
import io.upstep.event.PlanVerificationProgressed;
import io.upstep.event.PlanVerificationRequested;
import io.upstep.event.StepExecuted;
import io.upstep.event.StepProgressed;
import io.upstep.verifier.VerifierConfig;
import io.upstep.verifier.check.Workers;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Future;

/** Says, as long as a step or a plan is being verified, that it is, and what is waited for. */
@ApplicationScoped
public class SignsOfLife {
    private static final int SHOWN = 300;
    // After such a silence the planner asks again, and perhaps another verifier.
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(15);

    private final SteadyPublisher publisher;
    private final Identity identity;
    private final Workers workers;
    private final VerifierConfig config;
    private final Clock clock;

    public SignsOfLife(
            SteadyPublisher publisher, Identity identity, Workers workers, VerifierConfig config, Clock clock) {
        this.publisher = publisher;
        this.identity = identity;
        this.workers = workers;
        this.config = config;
        this.clock = clock;
    }

    /** Most steps are judged before the first sign is due, and the executor has just given one. */
    Reporter of(StepExecuted executed) {
        return new Reporter(
                (sequence, message) -> new StepProgressed(
                        executed.attempt(),
                        executed.installation(),
                        identity.worker(),
                        sequence,
                        StepProgressed.Phase.VERIFYING,
                        null,
                        message,
                        List.of(),
                        null),
                "looking");
    }

    /** The first at once: until someone says that he took it up, the planner asks again. */
    Reporter of(PlanVerificationRequested asked, String first) {
        Reporter reporter = new Reporter(
                (sequence, message) -> new PlanVerificationProgressed(
                        asked.planId(),
                        asked.verificationId(),
                        asked.installation(),
                        identity.worker(),
                        sequence,
                        message),
                first);
        reporter.report();
        return reporter;
    }

    /** The signs of life of one verification, until it is closed. */
    final class Reporter implements AutoCloseable {
        private final Sign sign;
        private final Future<?> rhythm;
        private String message;
        private long sequence;
        private Instant lastHeard = clock.instant();
        private boolean stoodStill;
        private boolean closed;

        private Reporter(Sign sign, String first) {
            this.sign = sign;
            this.message = first;
            this.rhythm = workers.every(config.progressInterval(), workers.pool(), this::report);
        }

        void seen(List<Evidence> evidence) {
            evidence.stream()
                    .filter(e -> e.result() != Evidence.Result.PASSED)
                    .findFirst()
                    .ifPresent(e ->
                            doing("waiting for " + e.subject() + ": expected " + e.expected() + ", saw " + e.actual()));
        }

        synchronized void doing(String what) {
            message = what;
        }

        private synchronized void report() {
            if (!closed) {
                String shown = message.length() <= SHOWN ? message : message.substring(0, SHOWN) + "…";
                Instant said = clock.instant();
                publisher
                        .publishOnce(identity.event(sign.say(++sequence, shown)))
                        .thenRun(() -> heard(said));
            }
        }

        private synchronized void heard(Instant said) {
            stoodStill |= isSilent();
            lastHeard = said.isAfter(lastHeard) ? said : lastHeard;
        }

        private boolean isSilent() {
            return clock.instant().isAfter(lastHeard.plus(LONGEST_SILENCE));
        }

        /** @throws StoodStillException when the planner may have given this verification to another verifier */
        synchronized void requireHeard() {
            if (stoodStill || isSilent()) {
                throw new StoodStillException(LONGEST_SILENCE);
            }
        }

        @Override
        public synchronized void close() {
            closed = true;
            rhythm.cancel(false);
        }
    }

    private interface Sign {
        EventData say(long sequence, String message);
    }
}
