package io.upstep.broker;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.upstep.event.Event;
import io.upstep.event.WorkerSeen;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Says at a fixed rhythm which workers are here, and, as the last thing, that they stop. */
@ApplicationScoped
public class Presence {
    private static final Logger LOG = Logger.getLogger(Presence.class);
    /** Services stop what they do first; the broker closes last. */
    private static final int AFTER_THE_SERVICES = 4000;

    private static final int FAREWELL_SECONDS = 2;

    private final EventBroker broker;
    private final Clock clock;
    private final ScheduledExecutorService workers = Infrastructure.getDefaultWorkerPool();
    private final List<Supplier<WorkerSeen>> present = new CopyOnWriteArrayList<>();

    Presence(EventBroker broker, Clock clock) {
        this.broker = broker;
        this.clock = clock;
    }

    /** @param worker asked anew each time; its interval is the rhythm */
    public void start(Supplier<WorkerSeen> worker) {
        present.add(worker);
        announce(worker);
    }

    void stop(@Observes @Priority(AFTER_THE_SERVICES) ShutdownEvent event) {
        List<Supplier<WorkerSeen>> leaving = List.copyOf(present);
        present.clear();
        leaving.forEach(worker -> sayGoodbye(worker.get()));
    }

    private void announce(Supplier<WorkerSeen> worker) {
        if (!present.contains(worker)) {
            return;
        }
        WorkerSeen seen = worker.get();
        say(seen).whenComplete((said, failure) -> {
            if (failure != null) {
                LOG.debugf(
                        "%s could not say that it is here; it will again in %s: %s",
                        seen.worker(), seen.interval(), failure);
            }
        });
        workers.schedule(() -> announce(worker), seen.interval().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void sayGoodbye(WorkerSeen seen) {
        WorkerSeen stopping = new WorkerSeen(
                seen.worker(),
                seen.role(),
                seen.version(),
                seen.clusters(),
                seen.capabilities(),
                seen.startedAt(),
                seen.interval(),
                true);
        try {
            say(stopping).toCompletableFuture().get(FAREWELL_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.infof("%s stops without the broker hearing of it: %s", seen.worker(), e);
        }
    }

    private CompletionStage<Void> say(WorkerSeen seen) {
        String source = "/upstep/" + seen.role().group() + "/" + seen.worker();
        return broker.publish(Event.of(source, clock.instant(), seen));
    }
}
