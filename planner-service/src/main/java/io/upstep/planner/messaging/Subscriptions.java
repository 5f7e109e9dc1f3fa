package io.upstep.planner.messaging;

import io.upstep.broker.EventBroker;
import io.upstep.broker.RejectedException;
import io.upstep.broker.Subscription;
import io.upstep.event.EventData;
import io.upstep.event.EventType;
import io.upstep.event.InstallationObserved;
import io.upstep.event.PlanVerificationProgressed;
import io.upstep.event.StepCompleted;
import io.upstep.event.StepProgressed;
import io.upstep.event.UpgradeCompleted;
import io.upstep.event.WorkerSeen;
import io.upstep.planner.plan.Happening;
import io.upstep.planner.plan.PlanException;
import io.upstep.planner.store.Changed;
import io.upstep.planner.store.Maintenance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** What the planner listens to: one handler for each type of event. A message is acknowledged when it is committed. */
@Singleton
public class Subscriptions implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Subscriptions.class);
    private static final String GROUP = EventType.Role.PLANNER.group();
    private static final int CONCURRENCY = 64;

    private final EventBroker broker;
    private final Inbox inbox;
    private final Maintenance maintenance;
    private final ExecutorService workers = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "upstep-workers-seen");
        thread.setDaemon(true);
        return thread;
    });
    private final List<Subscription> open = new ArrayList<>();

    @Inject
    public Subscriptions(EventBroker broker, Inbox inbox, Maintenance maintenance) {
        this.broker = broker;
        this.inbox = inbox;
        this.maintenance = maintenance;
    }

    public void start() {
        plan(InstallationObserved.class, Happening.Observed::new);
        plan(StepProgressed.class, Happening.Progressed::new);
        plan(StepCompleted.class, Happening.Completed::new);
        plan(PlanVerificationProgressed.class, Happening.VerificationProgressed::new);
        plan(UpgradeCompleted.class, Happening.Judged::new);
        open.add(broker.subscribe(
                WorkerSeen.class,
                null,
                GROUP,
                CONCURRENCY,
                event -> CompletableFuture.runAsync(() -> seen(event.data()), workers)));
    }

    @Override
    public void close() {
        open.forEach(Subscription::close);
        workers.shutdown();
    }

    private void seen(WorkerSeen worker) {
        try {
            maintenance.seen(worker);
        } catch (PlanException e) {
            // The worker says it again soon; keeping this for a database that is away would only fill the dead letters.
            LOG.debugf("worker %s was seen, but not written down: %s", worker.worker(), e.getMessage());
        }
    }

    private <T extends EventData> void plan(Class<T> type, Function<T, Happening> happening) {
        open.add(broker.subscribe(
                type, null, GROUP, CONCURRENCY, event -> heard(event.data(), happening.apply(event.data()))));
    }

    private CompletionStage<Void> heard(EventData data, Happening happening) {
        UUID planId;
        try {
            planId = UUID.fromString(data.subject());
        } catch (IllegalArgumentException e) {
            return rejected(data);
        }
        return inbox.put(planId, happening).thenCompose(changed -> settled(data, changed));
    }

    private static CompletionStage<Void> settled(EventData data, Changed changed) {
        if (changed.plan() == null) {
            return rejected(data);
        }
        return changed.problem() == null
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.failedFuture(changed.problem());
    }

    private static CompletionStage<Void> rejected(EventData data) {
        return CompletableFuture.failedFuture(
                new RejectedException("expected the id of a plan of this planner, came '" + data.subject() + "'"));
    }
}
