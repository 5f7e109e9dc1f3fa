package io.upstep.verifier.messaging;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.upstep.event.Event;
import io.upstep.event.EventData;
import io.upstep.verifier.VerifierConfig;
import io.upstep.verifier.check.Check;
import io.upstep.verifier.check.CheckRunner;
import io.upstep.verifier.check.Checks;
import io.upstep.verifier.check.Observer;
import io.upstep.verifier.check.Probe;
import io.upstep.verifier.check.Probes;
import io.upstep.verifier.check.Workers;
import io.upstep.verifier.check.kubernetes.ObjectCheck;
import io.upstep.verifier.check.kubernetes.VersionProbe;
import io.upstep.verifier.cluster.MockCluster;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A whole verifier on a fake broker and a mock cluster, wired by hand. */
final class RunningVerifier implements AutoCloseable {
    final MockCluster cluster = new MockCluster();
    final FakeBroker broker = new FakeBroker();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final Desk desk;
    final VerifierService service;
    private final Workers workers;

    RunningVerifier(List<Check<?>> checks, String... config) {
        this(Clock.systemUTC(), checks, config);
    }

    RunningVerifier(Clock clock, List<Check<?>> checks, String... config) {
        VerifierConfig settings = cluster.config(config);
        workers = new Workers(settings);
        Identity identity = new Identity(settings, clock);
        SteadyPublisher publisher = new SteadyPublisher(broker, workers);
        desk = new Desk(publisher, identity, settings);
        ServedClusters served = new ServedClusters(cluster.clusters());
        CheckRunner runner = new CheckRunner(checks(checks), workers, settings, clock);
        Observer observer = new Observer(new Probes(List.<Probe<?>>of(new VersionProbe())), workers, settings, clock);
        VerifierMetrics metrics = new VerifierMetrics(registry);
        SignsOfLife signs = new SignsOfLife(publisher, identity, workers, settings, clock);
        service = new VerifierService(
                broker,
                cluster.clusters(),
                new ObservationHandler(desk, served, observer, identity, metrics, clock),
                new StepHandler(desk, served, runner, signs, identity, metrics, clock),
                new PlanHandler(desk, served, runner, observer, signs, identity, metrics, clock),
                desk,
                metrics,
                settings);
        service.start(null);
    }

    <T extends EventData> CompletionStage<Void> send(T data) {
        return broker.send(Event.of("/upstep/test", java.time.Instant.now(), data), MockCluster.NAME);
    }

    @Override
    public void close() {
        desk.close(Duration.ZERO);
        workers.close();
        cluster.close();
    }

    private static Checks checks(List<Check<?>> more) {
        List<Check<?>> all = new ArrayList<>(more);
        all.add(new ObjectCheck());
        return new Checks(all);
    }
}
