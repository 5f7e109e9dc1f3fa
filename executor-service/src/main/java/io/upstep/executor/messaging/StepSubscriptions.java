package io.upstep.executor.messaging;

import io.upstep.broker.EventBroker;
import io.upstep.broker.Subscription;
import io.upstep.event.EventType;
import io.upstep.event.LeaseReleaseRequested;
import io.upstep.event.StepCancelRequested;
import io.upstep.event.StepRequested;
import io.upstep.executor.ExecutorConfig;
import io.upstep.executor.cluster.Clusters;
import io.upstep.executor.run.LeaseReleaser;
import io.upstep.executor.run.StepCanceller;
import io.upstep.executor.run.StepRunner;
import io.upstep.executor.run.StepThreads;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;

/** Hears the requests for the clusters this executor works on, sharing them with the other executors there. */
@ApplicationScoped
public class StepSubscriptions {
    private static final Logger LOG = Logger.getLogger(StepSubscriptions.class);
    private static final String GROUP = EventType.Role.EXECUTOR.group();

    private final EventBroker broker;
    private final Clusters clusters;
    private final ExecutorConfig config;
    private final StepRunner runner;
    private final StepCanceller canceller;
    private final LeaseReleaser releaser;
    private final StepThreads threads;
    private final List<Subscription> open = new CopyOnWriteArrayList<>();

    public StepSubscriptions(
            EventBroker broker,
            Clusters clusters,
            ExecutorConfig config,
            StepRunner runner,
            StepCanceller canceller,
            LeaseReleaser releaser,
            StepThreads threads) {
        this.broker = broker;
        this.clusters = clusters;
        this.config = config;
        this.runner = runner;
        this.canceller = canceller;
        this.releaser = releaser;
        this.threads = threads;
    }

    void open() {
        if (clusters.names().isEmpty()) {
            LOG.warn("No cluster to work on: expected names in upstep.clusters (UPSTEP_CLUSTERS), for example 'east'");
        }
        clusters.names().forEach(this::open);
    }

    // Cancellations first: after an outage, a step and its cancellation may be waiting, and is better not begun.
    private void open(String cluster) {
        open.add(broker.subscribe(
                StepCancelRequested.class, cluster, GROUP, config.intake(), canceller::cancelRequested));
        open.add(broker.subscribe(
                LeaseReleaseRequested.class, cluster, GROUP, config.intake(), releaser::releaseRequested));
        open.add(broker.subscribe(StepRequested.class, cluster, GROUP, config.intake(), runner::requested));
    }

    /** Does not wait for what is being handled: that ends when its steps do, or are handed over. */
    void close() {
        open.forEach(subscription -> threads.run(subscription::close));
        open.clear();
    }
}
