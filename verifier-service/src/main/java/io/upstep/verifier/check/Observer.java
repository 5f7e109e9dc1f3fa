package io.upstep.verifier.check;

import io.upstep.event.Fact;
import io.upstep.event.FactSpec;
import io.upstep.event.Installation;
import io.upstep.verifier.VerifierConfig;
import io.upstep.verifier.cluster.ClusterReader;
import io.upstep.verifier.cluster.KindNotServedException;
import io.upstep.verifier.cluster.MissingSecretException;
import io.upstep.verifier.cluster.NoAnswerException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Observes the facts of an installation, all at the same time; each is in the answer, known or unknown. */
@ApplicationScoped
public class Observer {
    private static final Logger LOG = Logger.getLogger(Observer.class);
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Probes probes;
    private final Workers workers;
    private final VerifierConfig config;
    private final Clock clock;

    public Observer(Probes probes, Workers workers, VerifierConfig config, Clock clock) {
        this.probes = probes;
        this.workers = workers;
        this.config = config;
        this.clock = clock;
    }

    public CompletionStage<Map<String, Fact>> observe(
            String plan, Installation installation, ClusterReader cluster, List<FactSpec> specs) {
        Map<String, CompletableFuture<Fact>> asked = new LinkedHashMap<>();
        specs.forEach(spec -> asked.put(spec.fact(), ask(spec, context(spec, plan, installation, cluster))));
        return CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
                .thenApply(all -> {
                    Map<String, Fact> facts = new LinkedHashMap<>();
                    asked.forEach((name, fact) -> facts.put(name, fact.join()));
                    return facts;
                });
    }

    private CompletableFuture<Fact> ask(FactSpec spec, CheckContext context) {
        CompletableFuture<Fact> fact = new CompletableFuture<>();
        Executor pool = workers.pool(context.installation().cluster());
        Instant end = context.clock().instant().plus(config.observationPatience());
        pool.execute(() -> ask(spec, context, pool, end, fact));
        return fact.completeOnTimeout(
                Fact.unknown("observing it took longer than " + config.lookTimeout()),
                config.lookTimeout().toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Asks again when nobody answered: a plan is not to be refused because a cluster was away for a moment. */
    private void ask(FactSpec spec, CheckContext context, Executor pool, Instant end, CompletableFuture<Fact> fact) {
        try {
            fact.complete(observe(spec, context));
        } catch (NoAnswerException e) {
            if (fact.isDone() || !clock.instant().isBefore(end)) {
                fact.complete(Fact.unknown(e.getMessage()));
            } else {
                workers.after(PAUSE, pool, () -> ask(spec, context, pool, end, fact));
            }
        } catch (BadParametersException | KindNotServedException | MissingSecretException e) {
            fact.complete(Fact.unknown(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.errorf(e, "The probe %s broke on %s", spec.probe(), context.installation());
            fact.complete(Fact.unknown("the probe itself broke: " + e));
        }
    }

    private Fact observe(FactSpec spec, CheckContext context) throws BadParametersException {
        Probe<?> probe = probes.named(spec.probe())
                .orElseThrow(() -> new BadParametersException(
                        "expected one of the probes " + probes.names() + ", came '" + spec.probe() + "'"));
        return observe(probe, spec, context);
    }

    private static <P> Fact observe(Probe<P> probe, FactSpec spec, CheckContext context) throws BadParametersException {
        return probe.observe(Parameters.bind(probe.name(), spec.with(), probe.parameters()), context);
    }

    private CheckContext context(FactSpec spec, String plan, Installation installation, ClusterReader cluster) {
        return new CheckContext(spec.probe(), plan, installation, cluster, new Watch(clock, config.patience()), clock);
    }
}
