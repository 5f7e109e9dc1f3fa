package io.upstep.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.upstep.simulator.Charts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An Upstep, a simulated cluster on which pods of Polyaxon really work on real databases, and charts for Helm. */
final class PolyaxonLab implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> VERSIONS =
            List.of("0.4.2", "0.4.4", "0.5.6", "0.6.1", "1.1.0", "1.20.0", "2.0.4");
    private static final List<String> AGENTS = List.of("1.20.0", "2.0.4");

    private final Map<String, PolyaxonScene> scenes = new ConcurrentHashMap<>();
    private final Path charts;
    private final PolyaxonServers servers;
    private final VerbsLab verbs;

    private PolyaxonLab(Path charts, PolyaxonServers servers, VerbsLab verbs) {
        this.charts = charts;
        this.servers = servers;
        this.verbs = verbs;
        VERSIONS.forEach(version -> Charts.directory("polyaxon", version, charts));
        AGENTS.forEach(version -> Charts.directory("agent", version, charts));
        verbs.cluster().knobs().onRun(this::works, pod -> scene(pod).works(pod));
    }

    static PolyaxonLab start(Path directory) throws IOException {
        Path charts = Files.createDirectories(directory.resolve("charts"));
        return new PolyaxonLab(charts, PolyaxonServers.start(directory), VerbsLab.start(directory));
    }

    VerbsLab verbs() {
        return verbs;
    }

    PlannerClient client() {
        return verbs.client();
    }

    PolyaxonServers servers() {
        return servers;
    }

    Path chart(String name, String version) {
        return charts.resolve(name + "-" + version);
    }

    /** The parameter that says where the charts are. */
    ObjectNode charts(String name) {
        ObjectNode all = JSON.createObjectNode();
        (name.equals("agent") ? AGENTS : VERSIONS).forEach(version -> all.putObject(version)
                .put("path", chart(name, version).toString()));
        return all;
    }

    /** An installation of the platform with a database on one of the servers. */
    PolyaxonScene platform(String namespace, int major) {
        return scene(new PolyaxonScene(
                this, namespace, "polyaxon", new PolyaxonDatabase(servers, namespace.replace('-', '_'), major)));
    }

    PolyaxonScene agent(String namespace) {
        return scene(new PolyaxonScene(this, namespace, "agent", null));
    }

    /** With more patience than others need: a plan of two edges has more than twenty steps, and several run at once. */
    JsonNode awaitEnd(String plan, String status) {
        await("plan " + plan + " to end")
                .atMost(Duration.ofMinutes(10))
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .until(() -> client().plan(plan).has("finishedAt"));
        JsonNode ended = client().plan(plan);
        assertThat(ended.path("status").asText()).as(ended.toPrettyString()).isEqualTo(status);
        return ended;
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

    private PolyaxonScene scene(PolyaxonScene scene) {
        scenes.put(scene.namespace(), scene);
        return scene;
    }

    private PolyaxonScene scene(Pod pod) {
        return scenes.get(pod.getMetadata().getNamespace());
    }

    private boolean works(Pod pod) {
        return scenes.containsKey(pod.getMetadata().getNamespace())
                && scene(pod).works(container(pod));
    }

    static Container container(Pod pod) {
        return pod.getSpec().getContainers().get(0);
    }

    @Override
    public void close() throws IOException {
        verbs.close();
        servers.close();
    }
}
