package io.upstep.executor.run;

import io.upstep.event.AttemptId;
import io.upstep.event.StepRequested;
import io.upstep.executor.ExecutorConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** What runs in this process, how much more may, and what was done here lately. */
@ApplicationScoped
public class Executions {
    private static final int REMEMBERED = 2_000;
    private static final Duration LOOK_UP = Duration.ofMillis(200);

    private final Map<AttemptId, Execution> running = new ConcurrentHashMap<>();
    private final Set<AttemptId> done = Collections.newSetFromMap(Collections.synchronizedMap(new Recent()));
    private final Semaphore places;
    private volatile boolean stopping;

    @Inject
    public Executions(ExecutorConfig config) {
        this(config.concurrency());
    }

    Executions(int concurrency) {
        this.places = new Semaphore(concurrency, true);
    }

    /** What this process knows of an attempt that is asked for. */
    enum Known {
        NO,
        AT_WORK,
        DONE
    }

    /** Remembers it as at work, unless it is already. */
    Known add(Execution execution) {
        AttemptId attempt = execution.request().attempt();
        if (running.putIfAbsent(attempt, execution) != null) {
            return Known.AT_WORK;
        }
        return done.contains(attempt) ? Known.DONE : Known.NO;
    }

    /** Waits for a place. Returns false, without one, when the process stops. */
    boolean enter() {
        try {
            while (!stopping) {
                if (places.tryAcquire(LOOK_UP.toMillis(), TimeUnit.MILLISECONDS)) {
                    return true;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    void leave() {
        places.release();
    }

    /** @param answered whether the same request, should it come again, must not be carried out */
    void remove(Execution execution, boolean answered) {
        // A preview may be made as often as it is asked for.
        if (answered && execution.request().mode() != StepRequested.Mode.PREVIEW) {
            done.add(execution.request().attempt());
        }
        running.remove(execution.request().attempt(), execution);
        execution.end();
    }

    Collection<Execution> running() {
        return List.copyOf(running.values());
    }

    /** What a newer attempt of the same step, such as its cancellation, puts an end to. */
    List<Execution> olderThan(AttemptId newer) {
        return running.values().stream()
                .filter(e -> e.request().attempt().planId().equals(newer.planId()))
                .filter(e -> e.request().attempt().stepId().equals(newer.stepId()))
                .filter(e -> e.request().attempt().epoch() < newer.epoch())
                .toList();
    }

    public int count() {
        return running.size();
    }

    /** Lets nothing further in. */
    public void close() {
        stopping = true;
    }

    public boolean isStopping() {
        return stopping;
    }

    private static final class Recent extends LinkedHashMap<AttemptId, Boolean> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<AttemptId, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }
}
