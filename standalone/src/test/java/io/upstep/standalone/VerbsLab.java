package io.upstep.standalone;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.Response;
import io.upstep.simulator.Options;
import io.upstep.simulator.Scenarios;
import io.upstep.simulator.SimulatedCluster;
import io.upstep.simulator.controller.Behaviour;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An Upstep that loses no time, on a simulated cluster that tests can reach into. */
final class VerbsLab implements AutoCloseable {
    static final String IMAGE = "registry.example/web:";

    private final SimulatedCluster cluster;
    private final ServiceProcess upstep;
    private final PlannerClient client;

    private VerbsLab(SimulatedCluster cluster, ServiceProcess upstep) {
        this.cluster = cluster;
        this.upstep = upstep;
        client = new PlannerClient(upstep.uri());
        client.awaitWorkers("local");
    }

    /** With all three services in one process. */
    static VerbsLab start(Path directory) throws IOException {
        return start(directory, Options.named("local"));
    }

    static VerbsLab start(Path directory, Options options) throws IOException {
        SimulatedCluster cluster = SimulatedCluster.start(options);
        return new VerbsLab(cluster, standalone(cluster, directory, "first"));
    }

    /** With a planner, whose executor and verifier of that cluster run already. */
    static VerbsLab of(SimulatedCluster cluster, ServiceProcess planner) {
        return new VerbsLab(cluster, planner);
    }

    /** An Upstep with a database of its own, on the same cluster; the caller closes it. */
    ServiceProcess another(Path directory, String name) throws IOException {
        return standalone(cluster, directory, name);
    }

    private static ServiceProcess standalone(SimulatedCluster cluster, Path directory, String name) throws IOException {
        return ServiceProcess.start("standalone", directory, environment(cluster, directory, name))
                .awaitReady();
    }

    /** What every service is told. */
    static Map<String, String> environment(SimulatedCluster cluster, Path directory, String name) throws IOException {
        Path kubeconfig = Files.writeString(directory.resolve(name + "-kubeconfig"), cluster.kubeconfig());
        return Map.of(
                "UPSTEP_DATA_DIR", directory.resolve(name).toString(),
                "UPSTEP_KUBECONFIG", kubeconfig.toString(),
                // What will not heal is believed at once, and what did not work is tried again at once.
                "UPSTEP_VERIFIER_PATIENCE", "PT0.5S",
                "UPSTEP_VERIFIER_OBSERVATION_PATIENCE", "PT2S",
                "UPSTEP_PLANNER_TIMING_RETRY", "PT0.1S",
                "UPSTEP_PLANNER_TIMING_RETRY_LONGEST", "PT1S",
                "UPSTEP_PLANNER_TIMING_ANSWER", "PT1S",
                "UPSTEP_PLANNER_TIMING_ANSWER_LONGEST", "PT2S",
                "UPSTEP_PLANNER_TIMING_ACCEPTANCE", "PT1S");
    }

    SimulatedCluster cluster() {
        return cluster;
    }

    PlannerClient client() {
        return client;
    }

    ServiceProcess upstep() {
        return upstep;
    }

    /** A Helm release {@code demo-app} 1.0.0, with a Deployment {@code web}, in a namespace of its own. */
    void demo(String namespace) {
        cluster.load(Scenarios.yaml("demo-app")
                .replace("namespace: demo", "namespace: " + namespace)
                .replace("metadata: { name: demo }", "metadata: { name: " + namespace + " }"));
        cluster.settle();
    }

    void polyaxon(String namespace) {
        Clusters.loadPolyaxon(cluster, namespace);
        cluster.settle();
    }

    /** Begins at once to upgrade the release of {@link #demo} by the recipe for Helm releases. */
    String upgradeDemo(String namespace, String target) {
        return client.submit(demo(namespace, target, "automatic"));
    }

    static String demo(String namespace, String target, String start) {
        return Installations.submission("helm-app", "local", namespace, "demo-app", target, start);
    }

    /**
     * Says it twice, as somebody does who has not seen the first answer: the second time must change nothing.
     *
     * @param entry what the journal says about it
     */
    JsonNode say(String plan, String verb, String body, String entry) {
        long before = count(plan, entry);
        Response first = client.act(plan, verb, body);
        assertThat(first.statusCode()).as(verb + ": " + first.asString()).isEqualTo(200);
        Response second = client.act(plan, verb, body);
        // To have ended in the moment between the two is no fault of the plan's.
        boolean over = second.statusCode() == 409 && client.plan(plan).has("finishedAt");
        assertThat(over || second.statusCode() == 200)
                .as(verb + " again: " + second.asString())
                .isTrue();
        assertThat(count(plan, entry)).as("how often the journal says " + entry).isEqualTo(before + 1);
        return client.plan(plan);
    }

    long count(String plan, String entry) {
        return client.journal(plan).stream().filter(entry::equals).count();
    }

    /** Waits for that end, and fails at once if it is another. */
    JsonNode awaitEnd(String plan, String status) {
        JsonNode ended = client.awaitEnd(plan);
        assertThat(ended.path("status").asText()).as(ended.toPrettyString()).isEqualTo(status);
        return ended;
    }

    /** A plan at its second step, whose new pods do not become ready until the image is said to be good. */
    String waitingForItsPods(String namespace, String target) {
        cluster.knobs().image(IMAGE + target, Behaviour.NEVER_READY);
        String plan = upgradeDemo(namespace, target);
        awaitStep(plan, "set-images VERIFYING");
        return plan;
    }

    /** Over, or held by something that has a name, with who or what can release it. */
    void requireExplained(String id) {
        JsonNode plan = client.plan(id);
        JsonNode why = plan.path("why");
        assertThat(why.path("sentence").asText()).as(plan.toPrettyString()).isNotBlank();
        if (!plan.has("finishedAt")) {
            assertThat(why.path("hold").asText()).isIn("LEASE", "TIMER", "GATE", "ALERT");
            assertThat(why.path("releasedBy").asText()).as(why.toString()).isNotBlank();
            assertThat(why.path("since").asText()).as(why.toString()).isNotBlank();
        }
        assertThat(isWell()).as("wellness").isTrue();
    }

    /** @param wanted a step's id and state, as {@link #steps} has them */
    void awaitStep(String plan, String wanted) {
        await("plan " + plan + " to come to " + wanted)
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> steps(client.plan(plan)).contains(wanted));
    }

    /** The steps' ids and states, in order. */
    static List<String> steps(JsonNode plan) {
        List<String> steps = new ArrayList<>();
        plan.path("steps")
                .forEach(step -> steps.add(
                        step.path("id").asText() + " " + step.path("status").asText()));
        return steps;
    }

    private boolean isWell() {
        return given().get(upstep.uri() + "/q/health/well").statusCode() == 200;
    }

    @Override
    public void close() {
        upstep.close();
        cluster.close();
    }
}
