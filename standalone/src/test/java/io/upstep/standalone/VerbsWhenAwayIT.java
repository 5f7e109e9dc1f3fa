package io.upstep.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.Response;
import io.upstep.broker.contract.server.RealRedis;
import io.upstep.broker.contract.server.RealServer;
import io.upstep.broker.contract.server.RequiresServer;
import io.upstep.simulator.Options;
import io.upstep.simulator.SimulatedCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The three services and a broker, of which one at a time is killed: what people say is taken, explained, and done in the end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@RequiresServer(RealRedis.BINARY)
class VerbsWhenAwayIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private RealServer broker;
    private SimulatedCluster cluster;
    private ServiceProcess planner;
    private ServiceProcess executor;
    private ServiceProcess verifier;
    private VerbsLab lab;
    private PlannerClient client;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        broker = RealRedis.create().start();
        cluster = SimulatedCluster.start(Options.named("local"));
        Map<String, String> environment = new HashMap<>(VerbsLab.environment(cluster, directory, "data"));
        broker.config()
                .forEach((key, value) ->
                        environment.put(key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), value));
        environment.put("UPSTEP_CLUSTERS", "local");
        environment.put("UPSTEP_PLANNER_TIMING_ALERT", "PT3S");
        // What was executed is executed again when a verifier took word of it and was killed before it said so.
        environment.put("UPSTEP_PLANNER_TIMING_HANDOVER", "PT5S");
        planner = ServiceProcess.start("planner-service", directory, environment);
        executor = ServiceProcess.start("executor-service", directory, environment);
        verifier = ServiceProcess.start("verifier-service", directory, environment);
        for (ServiceProcess service : List.of(planner, executor, verifier)) {
            service.awaitReady();
        }
        lab = VerbsLab.of(cluster, planner);
        client = lab.client();
    }

    @AfterAll
    void stop() throws Exception {
        for (AutoCloseable part : new AutoCloseable[] {planner, executor, verifier, cluster, broker}) {
            if (part != null) {
                part.close();
            }
        }
    }

    @Test
    void shouldEndAsWantedWhenVerbsAreSaidWhileTheExecutorIsAway() {
        SaidMeanwhile verbs = SaidMeanwhile.begin(lab, "executor", "1.1.5");
        executor.kill();

        verbs.say();
        executor.restart();

        verbs.awaitEnds();
    }

    @Test
    void shouldEndAsWantedWhenVerbsAreSaidWhileTheVerifierIsAway() {
        SaidMeanwhile verbs = SaidMeanwhile.begin(lab, "verifier", "1.2.0");
        verifier.kill();

        verbs.say();
        verifier.restart();

        verbs.awaitEnds();
    }

    @Test
    void shouldEndAsWantedWhenVerbsAreSaidWhileTheBrokerIsAway() throws Exception {
        SaidMeanwhile verbs = SaidMeanwhile.begin(lab, "broker", "1.3.0");
        broker.kill();

        verbs.say();
        broker.start();

        verbs.awaitEnds();
    }

    @Test
    void shouldAlertAndEndWithoutAVerdictWhenAbandonedWhileNoVerifierJudgesIt() {
        lab.demo("unjudged");
        String plan = lab.waitingForItsPods("unjudged", "1.4.0");
        verifier.kill();
        lab.say(plan, "cancel", "{}", "plan.cancelling");
        await("operators to be alerted")
                .atMost(PATIENCE)
                .until(() -> client.plan(plan).at("/why/hold").asText().equals("ALERT"));

        JsonNode alerted = client.plan(plan);
        assertThat(alerted.at("/alert/text").asText()).contains("local");
        lab.requireExplained(plan);
        lab.say(plan, "abandon", "{\"reason\": \"nobody answers\"}", "plan.abandoned");
        assertThat(client.plan(plan).has("alert")).isFalse();

        verifier.restart();
        await("the verifier's word after all").atMost(PATIENCE).until(() -> client.journal(plan)
                .contains("plan.reported"));
    }

    @Test
    void shouldEndAPlanThatNobodyHasLookedAtWhenCancelledOrAbandonedWhileTheVerifierIsAway() {
        lab.demo("unseen-cancel");
        lab.demo("unseen-abandon");
        verifier.kill();
        String cancelled = lab.upgradeDemo("unseen-cancel", "1.1.0");
        String abandoned = lab.upgradeDemo("unseen-abandon", "1.1.0");

        Response early = client.act(cancelled, "pause", "{}");
        assertThat(early.<String>path("code")).isEqualTo("illegal-state");
        lab.requireExplained(cancelled);
        lab.say(cancelled, "cancel", "{}", "plan.cancelled");
        lab.say(abandoned, "abandon", "{\"reason\": \"too slow\"}", "plan.abandoned");

        assertThat(client.plan(cancelled).path("status").asText()).isEqualTo("CANCELLED");
        assertThat(client.plan(abandoned).path("status").asText()).isEqualTo("ABANDONED");
        verifier.restart();
        client.awaitStatus(lab.upgradeDemo("unseen-cancel", "1.1.0"), Set.of("SUCCEEDED"));
    }
}
