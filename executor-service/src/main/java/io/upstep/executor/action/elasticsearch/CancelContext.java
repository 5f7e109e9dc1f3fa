package io.upstep.executor.action.elasticsearch;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.upstep.event.AttemptId;
import io.upstep.event.Installation;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.StoppedException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** What a cancellation can offer to what is written for steps: it may write, and waits for nothing. */
record CancelContext(
        KubernetesClient client, Installation installation, AttemptId attempt, Runnable mayWrite, Clock clock)
        implements StepContext {
    private static final Logger LOG = Logger.getLogger(CancelContext.class);

    @Override
    public String planner() {
        return null;
    }

    @Override
    public int firstAttempt() {
        return 1;
    }

    @Override
    public void progress(Double fraction, String message) {
        LOG.debug(message);
    }

    @Override
    public void log(String line) {
        LOG.info(line);
    }

    @Override
    public Optional<String> cursor() {
        return Optional.empty();
    }

    @Override
    public void saveCursor(String cursor) {
        throw new IllegalStateException("expected a cancellation to keep no cursor");
    }

    @Override
    public void checkpoint() {
        mayWrite.run();
    }

    @Override
    public void pause(Duration duration) {
        throw new StoppedException("a cancellation waits for nothing");
    }
}
