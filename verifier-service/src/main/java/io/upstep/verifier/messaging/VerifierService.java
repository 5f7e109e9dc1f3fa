package io.upstep.verifier.messaging;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.upstep.broker.EventBroker;
import io.upstep.broker.Subscription;
import io.upstep.event.EventData;
import io.upstep.event.EventType;
import io.upstep.event.ObservationRequested;
import io.upstep.event.PlanVerificationRequested;
import io.upstep.event.StepExecuted;
import io.upstep.verifier.VerifierConfig;
import io.upstep.verifier.cluster.Clusters;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;

/** The verifier's life: hears the requests of its clusters from start to stop, and finishes what it began. */
@ApplicationScoped
public class VerifierService {
    private static final Logger LOG = Logger.getLogger(VerifierService.class);
    /** Before the broker closes. */
    private static final int BEFORE_THE_BROKER = 2000;

    private final EventBroker broker;
    private final Clusters clusters;
    private final ObservationHandler observations;
    private final StepHandler steps;
    private final PlanHandler plans;
    private final Desk desk;
    private final VerifierMetrics metrics;
    private final VerifierConfig config;
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();

    public VerifierService(
            EventBroker broker,
            Clusters clusters,
            ObservationHandler observations,
            StepHandler steps,
            PlanHandler plans,
            Desk desk,
            VerifierMetrics metrics,
            VerifierConfig config) {
        this.broker = broker;
        this.clusters = clusters;
        this.observations = observations;
        this.steps = steps;
        this.plans = plans;
        this.desk = desk;
        this.metrics = metrics;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        metrics.running(desk);
        for (String cluster : clusters.names()) {
            hear(ObservationRequested.class, cluster, observations::handle);
            hear(StepExecuted.class, cluster, steps::handle);
            hear(PlanVerificationRequested.class, cluster, plans::handle);
        }
        if (clusters.names().isEmpty()) {
            LOG.warn("This verifier serves no cluster; set UPSTEP_CLUSTERS, for example UPSTEP_CLUSTERS=east,west");
        }
    }

    void stop(@Observes @Priority(BEFORE_THE_BROKER) ShutdownEvent event) {
        // First: closing a subscription waits for what is being handed over.
        desk.turnAway();
        subscriptions.forEach(Subscription::close);
        desk.close(config.stopGrace());
    }

    private <T extends EventData> void hear(Class<T> type, String cluster, EventBroker.EventHandler<T> handler) {
        subscriptions.add(broker.subscribe(type, cluster, EventType.Role.VERIFIER.group(), config.intake(), handler));
    }
}
