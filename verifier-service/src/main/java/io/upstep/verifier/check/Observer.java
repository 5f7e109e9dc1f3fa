package io.upstep.verifier.check;

import io.upstep.event.Fact;
import io.upstep.event.FactSpec;
import io.upstep.event.Installation;
import io.upstep.verifier.VerifierConfig;
import io.upstep.verifier.cluster.ClusterReader;
import io.upstep.verifier.cluster.KindNotServedException;
import io.upstep.verifier.cluster.NoAnswerException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Observes the facts of an installation, all at the same time; each is in the answer, known or unknown. */
@ApplicationScoped
public class Observer {
    private static final Logger LOG = Logger.getLogger(Observer.class);

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
            Installation installation, ClusterReader cluster, List<FactSpec> specs) {
        Map<String, CompletableFuture<Fact>> asked = new LinkedHashMap<>();
        specs.forEach(spec -> asked.put(spec.fact(), ask(spec, context(spec, installation, cluster))));
        return CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
                .thenApply(all -> {
                    Map<String, Fact> facts = new LinkedHashMap<>();
                    asked.forEach((name, fact) -> facts.put(name, fact.join()));
                    return facts;
                });
    }

    private CompletableFuture<Fact> ask(FactSpec spec, CheckContext context) {
        return CompletableFuture.supplyAsync(() -> observe(spec, context), workers.pool())
                .completeOnTimeout(
                        Fact.unknown("observing it took longer than " + config.lookTimeout()),
                        config.lookTimeout().toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private Fact observe(FactSpec spec, CheckContext context) {
        try {
            Probe<?> probe = probes.named(spec.probe())
                    .orElseThrow(() -> new BadParametersException(
                            "expected one of the probes " + probes.names() + ", came '" + spec.probe() + "'"));
            return observe(probe, spec, context);
        } catch (BadParametersException | NoAnswerException | KindNotServedException e) {
            return Fact.unknown(e.getMessage());
        } catch (RuntimeException e) {
            LOG.errorf(e, "The probe %s broke on %s", spec.probe(), context.installation());
            return Fact.unknown("the probe itself broke: " + e);
        }
    }

    private static <P> Fact observe(Probe<P> probe, FactSpec spec, CheckContext context) throws BadParametersException {
        return probe.observe(Parameters.bind(probe.name(), spec.with(), probe.parameters()), context);
    }

    private CheckContext context(FactSpec spec, Installation installation, ClusterReader cluster) {
        return new CheckContext(spec.probe(), installation, cluster, new Watch(clock, config.patience()), clock);
    }
}
