package io.upstep.verifier.messaging;

import io.upstep.event.AttemptId;
import io.upstep.event.CheckSpec;
import io.upstep.event.Ending;
import io.upstep.event.FactSpec;
import io.upstep.event.Outcome;
import io.upstep.event.PlanVerificationRequested;
import io.upstep.event.StepExecuted;
import io.upstep.event.StepRequested.Mode;
import io.upstep.verifier.check.kubernetes.Looking;
import io.upstep.verifier.cluster.MockCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What the verifier is asked in tests. */
final class Requests {
    static final CheckSpec MARKED = check("kubernetes.object", "{kind: ConfigMap, name: mark}", Duration.ofMillis(200));
    static final FactSpec VERSION = new FactSpec(
            "version",
            "kubernetes.version",
            Looking.yaml("sources: [{kind: ConfigMap, name: mark, from: configmap, key: version}]"));
    static final String MARK = "{apiVersion: v1, kind: ConfigMap, metadata: {name: mark}, data: {version: 1.20.0}}";
    private static final Instant NOW = Instant.now();

    private Requests() {}

    static CheckSpec check(String name, String with, Duration within) {
        return new CheckSpec(name, Looking.yaml(with), within);
    }

    static StepExecuted executed(Outcome outcome, Mode mode, CheckSpec... checks) {
        return new StepExecuted(
                new AttemptId("plan-1", "roll", 1, 7),
                MockCluster.INSTALLATION,
                mode,
                "executor-1",
                outcome,
                List.of(checks),
                NOW,
                NOW);
    }

    static StepExecuted succeeded(CheckSpec... checks) {
        return executed(Outcome.Succeeded.of("applied"), Mode.APPLY, checks);
    }

    static PlanVerificationRequested ended(Ending ending, String reason, CheckSpec... checks) {
        return new PlanVerificationRequested(
                "plan-1",
                "verification-1",
                MockCluster.INSTALLATION,
                "polyaxon",
                "1.19.0",
                "1.20.0",
                ending,
                reason,
                List.of(checks),
                List.of(VERSION),
                List.of(),
                NOW);
    }
}
