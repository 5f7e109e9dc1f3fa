package io.upstep.executor.run;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.upstep.event.AttemptId;
import io.upstep.event.Installation;
import io.upstep.event.StepProgressed;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.StoppedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What an action sees of its execution. */
final class ExecutionContext implements StepContext {
    // Often enough to watch, seldom enough not to flood the journal.
    private static final Duration BETWEEN_SIGNS = Duration.ofSeconds(1);

    private final Execution execution;
    private final Clock clock;
    private Instant lastSign = Instant.MIN;

    ExecutionContext(Execution execution, Clock clock) {
        this.execution = execution;
        this.clock = clock;
    }

    @Override
    public Installation installation() {
        return execution.request().installation();
    }

    @Override
    public AttemptId attempt() {
        return execution.request().attempt();
    }

    @Override
    public String planner() {
        return execution.request().planner();
    }

    @Override
    public int firstAttempt() {
        return execution.request().firstAttempt();
    }

    @Override
    public KubernetesClient client() {
        return execution.hold().client();
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public void progress(Double fraction, String message) {
        execution.report().progress(fraction, message);
        signIfDue();
    }

    @Override
    public void log(String line) {
        execution.report().line(line);
        signIfDue();
    }

    @Override
    public Optional<String> cursor() {
        return Optional.ofNullable(execution.report().cursor());
    }

    @Override
    public void saveCursor(String cursor) {
        execution.report().cursor(cursor);
        if (!execution.sayUntilTaken(StepProgressed.Phase.EXECUTING)) {
            execution.throwIfStopped();
            throw new StoppedException("interrupted while saving how far the work is");
        }
    }

    @Override
    public void checkpoint() {
        execution.verify();
    }

    @Override
    public void pause(Duration duration) {
        if (execution.stoppedWithin(duration)) {
            execution.throwIfStopped();
            throw new StoppedException("interrupted");
        }
    }

    private void signIfDue() {
        Instant now = clock.instant();
        if (lastSign.equals(Instant.MIN) || !now.isBefore(lastSign.plus(BETWEEN_SIGNS))) {
            lastSign = now;
            execution.say();
        }
    }
}
