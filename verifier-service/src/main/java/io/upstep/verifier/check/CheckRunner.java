package io.upstep.verifier.check;

import io.upstep.event.CheckSpec;
import io.upstep.event.Evidence;
import io.upstep.event.Installation;
import io.upstep.event.Verdict;
import io.upstep.verifier.VerifierConfig;
import io.upstep.verifier.cluster.ClusterReader;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Makes the checks of a step or a plan and comes to a verdict. */
@ApplicationScoped
public class CheckRunner {
    private final Checks checks;
    private final Workers workers;
    private final VerifierConfig config;
    private final Clock clock;

    public CheckRunner(Checks checks, Workers workers, VerifierConfig config, Clock clock) {
        this.checks = checks;
        this.workers = workers;
        this.config = config;
        this.clock = clock;
    }

    /** @param seen told after every round that was not good yet */
    public CompletionStage<Verdict> run(
            String plan,
            Installation installation,
            ClusterReader cluster,
            List<CheckSpec> specs,
            Consumer<List<Evidence>> seen) {
        List<CheckRun> runs = specs.stream()
                .map(spec -> CheckRun.of(spec, checks, context(spec, plan, installation, cluster)))
                .toList();
        return new Rounds(runs, seen, workers, workers.pool(installation.cluster()), config, clock)
                .start()
                .thenApply(Verdict::of);
    }

    private CheckContext context(CheckSpec spec, String plan, Installation installation, ClusterReader cluster) {
        return new CheckContext(spec.check(), plan, installation, cluster, new Watch(clock, config.patience()), clock);
    }
}
