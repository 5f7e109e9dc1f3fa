package io.upstep.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.core.ConditionTimeoutException;

/** An Upstep, and a simulated cluster with nodes on whose disk databases really run and Jobs really work. */
final class ClearmlLab implements AutoCloseable {
    private static final String NODES = """
            apiVersion: v1
            kind: Node
            metadata: { name: simulated-node, labels: { app: trains } }
            status: { capacity: { memory: 16Gi }, conditions: [{ type: Ready, status: "True" }] }
            ---
            apiVersion: v1
            kind: Node
            metadata: { name: simulated-node-2, labels: { app: clearml } }
            status: { capacity: { memory: 16Gi }, conditions: [{ type: Ready, status: "True" }] }
            """;

    private static final Duration PATIENCE = Duration.ofMinutes(6);

    private final Map<String, ClearmlScene> scenes = new ConcurrentHashMap<>();
    private final VerbsLab verbs;
    private final ClearmlServers servers;

    private ClearmlLab(Path directory, VerbsLab verbs) {
        this.verbs = verbs;
        ClearmlDisk disk = new ClearmlDisk(directory.resolve("node"));
        servers = new ClearmlServers(disk, verbs.cluster().knobs());
        ClearmlJobs jobs = new ClearmlJobs(disk);
        verbs.cluster().load(NODES);
        verbs.cluster().knobs().onRun(pod -> isOurs(pod) && isServer(pod), pod -> scene(pod)
                .works(pod));
        verbs.cluster().knobs().onRun(pod -> isOurs(pod) && ClearmlServers.isOne(pod), servers::start, servers::stop);
        verbs.cluster().knobs().onRun(pod -> isOurs(pod) && ClearmlJobs.isJob(pod), jobs::run);
    }

    static ClearmlLab start(Path directory) throws IOException {
        return new ClearmlLab(directory, VerbsLab.start(directory));
    }

    VerbsLab verbs() {
        return verbs;
    }

    PlannerClient client() {
        return verbs.client();
    }

    ClearmlServers servers() {
        return servers;
    }

    ClearmlScene scene(String namespace) {
        return scenes.computeIfAbsent(namespace, name -> new ClearmlScene(this, name));
    }

    JsonNode awaitEnd(String plan, String status) {
        await("plan " + plan + " to end")
                .atMost(Duration.ofMinutes(8))
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .until(() -> client().plan(plan).has("finishedAt"));
        JsonNode ended = client().plan(plan);
        assertThat(ended.path("status").asText()).as(ended.toPrettyString()).isEqualTo(status);
        return ended;
    }

    /** Until something has come about while a plan runs; tells where the plan is if it has not. */
    void awaitMeanwhile(String plan, String what, Callable<Boolean> condition) {
        try {
            await(what)
                    .atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> condition.call() || client().plan(plan).has("finishedAt"));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    e.getMessage() + "; the plan: " + client().plan(plan).toPrettyString(), e);
        }
        assertThat(client().plan(plan).path("status").asText())
                .as(client().plan(plan).toPrettyString())
                .isEqualTo("RUNNING");
    }

    /** Until every Deployment has the pods it wants. */
    void awaitReady(String namespace) {
        await("the Deployments of " + namespace)
                .atMost(Duration.ofMinutes(3))
                .until(() -> verbs.cluster().snapshot().objects().entrySet().stream()
                        .filter(entry -> entry.getKey().namespace().equals(namespace)
                                && entry.getKey().resource().equals("deployments.apps"))
                        .allMatch(entry ->
                                entry.getValue().at("/status/readyReplicas").asInt()
                                        == entry.getValue().at("/spec/replicas").asInt()));
    }

    /** Gives a node the label app. */
    void label(String node, String app) {
        try (KubernetesClient client = verbs.cluster().client()) {
            client.nodes().withName(node).edit(found -> {
                found.getMetadata().getLabels().put("app", app);
                return found;
            });
        }
    }

    /** The nodes with that label. */
    List<String> labelled(String key, String value) {
        return verbs.cluster().snapshot().objects().entrySet().stream()
                .filter(entry -> entry.getKey().resource().equals("nodes"))
                .filter(entry -> entry.getValue()
                        .at("/metadata/labels")
                        .path(key)
                        .asText()
                        .equals(value))
                .map(entry -> entry.getKey().name())
                .toList();
    }

    private boolean isOurs(Pod pod) {
        return scenes.containsKey(pod.getMetadata().getNamespace());
    }

    private ClearmlScene scene(Pod pod) {
        return scenes.get(pod.getMetadata().getNamespace());
    }

    private static boolean isServer(Pod pod) {
        return "apiserver".equals(pod.getMetadata().getLabels().get("app.kubernetes.io/name"));
    }

    @Override
    public void close() {
        verbs.close();
        servers.close();
    }
}
