package io.upstep.executor.messaging;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.upstep.executor.run.Executions;
import io.upstep.executor.run.StepRunner;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Starts the executor, and stops it in good order: not ready, no new work, running work ended or handed over. */
@ApplicationScoped
public class ExecutorLife {
    // Before the broker and the presence, which must outlive the last thing the executor has to say.
    private static final int BEFORE_THE_BROKER = 1000;

    private final StepSubscriptions subscriptions;
    private final WorkerPresence presence;
    private final Executions executions;
    private final StepRunner runner;

    public ExecutorLife(
            StepSubscriptions subscriptions, WorkerPresence presence, Executions executions, StepRunner runner) {
        this.subscriptions = subscriptions;
        this.presence = presence;
        this.executions = executions;
        this.runner = runner;
    }

    void start(@Observes StartupEvent event) {
        presence.start();
        subscriptions.open();
    }

    void stop(@Observes @Priority(BEFORE_THE_BROKER) ShutdownEvent event) {
        executions.close();
        subscriptions.close();
        runner.stop();
    }
}
