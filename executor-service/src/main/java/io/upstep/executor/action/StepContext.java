package io.upstep.executor.action;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.upstep.event.AttemptId;
import io.upstep.event.Installation;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** What an action knows of the attempt it works for, and how it tells how far it is. */
public interface StepContext {

    Installation installation();

    AttemptId attempt();

    /** Which Upstep asked for it; null if it did not say. */
    String planner();

    /** The first attempt whose work counts: what earlier ones finished is to be done again. */
    int firstAttempt();

    /** A client of the installation's cluster. It is shared: not to be closed. */
    KubernetesClient client();

    Clock clock();

    default String namespace() {
        return installation().namespace();
    }

    /** @param fraction how much is done, 0 to 1; null when that cannot be said */
    void progress(Double fraction, String message);

    /** Adds a line to the plan's journal. Never a secret. */
    void log(String line);

    /** Where an earlier attempt left off, in the action's own words. */
    Optional<String> cursor();

    /** Remembers how far the work is. Returns once a later attempt is certain to see it. */
    void saveCursor(String cursor);

    /**
     * Returns while the attempt still owns the installation, as its cluster says this very moment.
     *
     * @throws StoppedException when it does not: the action must end without another write
     */
    void checkpoint();

    /**
     * Waits, but no longer than the attempt may go on.
     *
     * @throws StoppedException as {@link #checkpoint}
     */
    void pause(Duration duration);
}
