package io.upstep.standalone;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.upstep.simulator.Charts;
import io.upstep.simulator.Options;
import io.upstep.simulator.controller.Pace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An Upstep, a simulated cluster on which cores of Feast really work on real databases, and charts for Helm. */
final class FeastLab implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration STEP = Duration.ofMillis(3);
    private static final List<String> VERSIONS = List.of("0.4.7", "0.5.1", "0.6.0", "0.6.2", "0.7.2");

    /** A core that crashes waits longer each time, as with a kubelet, so that whoever looks sees it waiting. */
    private static final Pace PACE = new Pace(STEP, STEP, STEP, STEP, Duration.ofMillis(100));

    private final Map<String, FeastScene> scenes = new ConcurrentHashMap<>();
    private final Path charts;
    private final FeastServer server;
    private final VerbsLab verbs;
    private final Map<String, Integer> checksums;

    private FeastLab(Path charts, FeastServer server, VerbsLab verbs) {
        this.charts = charts;
        this.server = server;
        this.verbs = verbs;
        this.checksums = FeastCore.checksums(server);
        VERSIONS.forEach(version -> Charts.directory("feast", version, charts));
        verbs.cluster().knobs().onRun(this::works, pod -> scene(pod).starts(pod), pod -> scene(pod)
                .ends(pod));
    }

    static FeastLab start(Path directory) throws IOException {
        Path charts = Files.createDirectories(directory.resolve("charts"));
        Options options = Options.named("local").withPace(PACE);
        return new FeastLab(charts, FeastServer.start(directory), VerbsLab.start(directory, options));
    }

    VerbsLab verbs() {
        return verbs;
    }

    FeastServer server() {
        return server;
    }

    Path chart(String version) {
        return charts.resolve("feast-" + version);
    }

    /** Where the charts are, and what our own migrations' checksums are. */
    ObjectNode parameters() {
        ObjectNode all = JSON.createObjectNode();
        ObjectNode places = all.putObject("charts");
        VERSIONS.forEach(
                version -> places.putObject(version).put("path", chart(version).toString()));
        ObjectNode sums = all.putObject("historyChecksums");
        checksums.forEach(sums::put);
        return all.put("databaseUser", "feast").put("acceptDowntime", true);
    }

    /** One that is not installed yet; release, namespace and, with underscores, database have one name. */
    FeastScene scene(String namespace) {
        FeastScene scene = new FeastScene(this, namespace);
        scenes.put(namespace, scene);
        return scene;
    }

    /** What no core may ever do, done all the same. */
    List<String> violations() {
        return scenes.values().stream()
                .flatMap(scene -> scene.violations().stream())
                .toList();
    }

    private FeastScene scene(Pod pod) {
        return scenes.get(pod.getMetadata().getNamespace());
    }

    private boolean works(Pod pod) {
        return scenes.containsKey(pod.getMetadata().getNamespace())
                && pod.getSpec().getContainers().get(0).getName().equals("feast-core");
    }

    @Override
    public void close() throws IOException {
        scenes.values().forEach(FeastScene::close);
        verbs.close();
        server.close();
    }
}
