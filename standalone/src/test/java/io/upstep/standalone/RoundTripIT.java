package io.upstep.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.upstep.broker.contract.server.RealServer;
import io.upstep.simulator.SimulatedCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Planner, executor and verifier as three processes on a real broker, and a subscriber that uses the broker's own client and
 * none of our code. Each kind of broker runs all of it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RoundTripIT {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private RealServer broker;
    private SimulatedCluster cluster;
    private Map<String, String> environment;
    private ServiceProcess planner;
    private ServiceProcess executor;
    private ServiceProcess verifier;
    private PlannerClient client;
    private CompletionSubscriber subscriber;

    abstract RealServer newBroker();

    /** Listens for {@code upgrade.completed} with the broker's own client. */
    abstract CompletionSubscriber subscribe(RealServer broker) throws Exception;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        broker = newBroker().start();
        cluster = Clusters.withPolyaxons(Installations.ALL);
        Path kubeconfig = Files.writeString(directory.resolve("kubeconfig"), cluster.kubeconfig());
        environment = new HashMap<>();
        broker.config().forEach((key, value) -> environment.put(variable(key), value));
        environment.put("UPSTEP_DATA_DIR", directory.resolve("data").toString());
        environment.put("UPSTEP_CLUSTERS", "local");
        environment.put("UPSTEP_KUBECONFIG", kubeconfig.toString());
        environment.put("UPSTEP_PLANNER_TIMING_ANSWER", "PT3S");
        planner = ServiceProcess.start("planner-service", directory, environment);
        executor = ServiceProcess.start("executor-service", directory, environment);
        verifier = ServiceProcess.start("verifier-service", directory, environment);
        for (ServiceProcess service : List.of(planner, executor, verifier)) {
            service.awaitReady();
        }
        client = new PlannerClient(planner.uri());
        client.awaitWorkers("local");
        subscriber = subscribe(broker);
    }

    @AfterAll
    void stop() throws Exception {
        for (AutoCloseable part : new AutoCloseable[] {subscriber, planner, executor, verifier, cluster, broker}) {
            if (part != null) {
                part.close();
            }
        }
    }

    @Test
    void shouldTellASubscriberWhatRunsNowWhenAPlanSubmittedByRestIsOver() throws Exception {
        String plan = client.submit(Installations.upgrade("first", "1.20.0"));

        JsonNode event = completion(plan);

        assertThat(event.path("specversion").asText()).isEqualTo("1.0");
        assertThat(event.path("type").asText()).isEqualTo("io.upstep.upgrade.completed.v1");
        JsonNode data = event.path("data");
        assertThat(data.path("ending").asText()).isEqualTo("SUCCEEDED");
        assertThat(data.path("from").asText()).isEqualTo("1.10.1");
        assertThat(data.path("running").path("version").path("value").asText()).isEqualTo("1.20.0");
        assertThat(data.path("verdict").path("result").asText()).isEqualTo("passed");
        assertThat(data.path("verdict").path("evidence")).isNotEmpty();
        assertThat(client.awaitEnd(plan).path("status").asText()).isEqualTo("SUCCEEDED");
    }

    @Test
    void shouldLoseNothingAndRecoverByItselfWhenTheBrokerIsKilledInTheMiddleOfAPlan() throws Exception {
        String plan = client.submit(Installations.upgrade("second", "1.20.0"));
        client.awaitStatus(plan, Set.of("RUNNING"));

        broker.kill();
        await("all three to say that the broker is gone")
                .atMost(PATIENCE)
                .until(() -> planner.readiness() == 503 && executor.readiness() == 503 && verifier.readiness() == 503);
        broker.start();

        await("all three to be ready again")
                .atMost(PATIENCE)
                .until(() -> planner.readiness() == 200 && executor.readiness() == 200 && verifier.readiness() == 200);
        JsonNode ended = client.awaitEnd(plan);
        assertThat(ended.path("status").asText()).as(ended.toPrettyString()).isEqualTo("SUCCEEDED");
    }

    @Test
    void shouldGoOnWhenTheExecutorIsKilledInTheMiddleOfAStep() throws Exception {
        String plan = client.submit(Installations.upgrade("third", "1.20.0"));
        await("a step at work")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> client.journal(plan).contains("step.accepted"));

        executor.kill();
        executor.restart();

        assertThat(client.awaitEnd(plan).path("status").asText()).isEqualTo("SUCCEEDED");
    }

    @Test
    void shouldRememberEverythingWhenThePlannerIsKilledInTheMiddleOfAPlan() throws Exception {
        String plan = client.submit(Installations.upgrade("fourth", "1.20.0"));
        client.awaitStatus(plan, Set.of("RUNNING"));

        planner.kill();
        planner.restart();
        planner.awaitReady();

        JsonNode ended = client.awaitEnd(plan);
        assertThat(ended.path("status").asText()).as(ended.toPrettyString()).isEqualTo("SUCCEEDED");
        List<Long> sequence = new java.util.ArrayList<>();
        client.get("plans/" + plan + "/journal?limit=1000")
                .path("entries")
                .forEach(entry -> sequence.add(entry.path("seq").asLong()));
        assertThat(sequence).startsWith(1L).doesNotHaveDuplicates().isSorted();
        assertThat(sequence.get(sequence.size() - 1)).isEqualTo(sequence.size());
    }

    private JsonNode completion(String plan) {
        return await("upgrade.completed of plan " + plan)
                .atMost(PATIENCE)
                .until(() -> received(plan), event -> event != null);
    }

    private JsonNode received(String plan) throws IOException {
        for (String message : subscriber.received()) {
            JsonNode event = MAPPER.readTree(message);
            if (event.path("data").path("planId").asText().equals(plan)) {
                return event;
            }
        }
        return null;
    }

    private static String variable(String property) {
        return property.toUpperCase(java.util.Locale.ROOT).replaceAll("[.-]", "_");
    }

    /** Whoever listens with a client that is not ours. */
    interface CompletionSubscriber extends AutoCloseable {
        List<String> received();
    }
}
