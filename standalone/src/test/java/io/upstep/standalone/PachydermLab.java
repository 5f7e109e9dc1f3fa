package io.upstep.standalone;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.upstep.simulator.servers.FakePachctl;
import io.upstep.simulator.servers.PachydermEtcd;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An Upstep, a simulated cluster on which pods of pachd really answer, and a pachctl of each version. What Pachyderm knows is kept by the uid of
 * etcd's claim: with the claim it is gone.
 */
final class PachydermLab implements AutoCloseable {
    private static final List<String> VERSIONS =
            List.of("1.6.9", "1.6.10", "1.7.3", "1.7.11", "1.8.2", "1.8.8", "1.11.9", "1.12.5", "1.13.4");
    static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Map<String, PachydermScene> scenes = new ConcurrentHashMap<>();
    private final Map<String, PachydermEtcd> volumes = new ConcurrentHashMap<>();
    private final Path pachctl;
    private final VerbsLab verbs;

    private PachydermLab(Path pachctl, VerbsLab verbs) {
        this.pachctl = pachctl;
        this.verbs = verbs;
        VERSIONS.forEach(version -> FakePachctl.install(pachctl, version));
        verbs.cluster().knobs().onRun(this::works, pod -> scene(pod).starts(pod), pod -> scene(pod)
                .ends(pod));
    }

    static PachydermLab start(Path directory) throws IOException {
        return new PachydermLab(directory.resolve("first").resolve("pachctl"), VerbsLab.start(directory));
    }

    VerbsLab verbs() {
        return verbs;
    }

    PlannerClient client() {
        return verbs.client();
    }

    KubernetesClient kubernetes() {
        return verbs.cluster().client();
    }

    Path pachctl(String version) {
        return pachctl.resolve(version).resolve("pachctl");
    }

    /** What is on a volume; a new one is empty. */
    PachydermEtcd volume(String uid, PachydermEtcd first) {
        return volumes.computeIfAbsent(uid, u -> first);
    }

    PachydermScene scene(String namespace) {
        PachydermScene scene = new PachydermScene(this, namespace);
        scenes.put(namespace, scene);
        return scene;
    }

    /** With more patience than others need: a plan has a dozen steps, and several run at once. */
    JsonNode awaitEnd(String plan, String status) {
        await("plan " + plan + " to end")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .until(() -> client().plan(plan).has("finishedAt"));
        JsonNode ended = client().plan(plan);
        org.assertj.core.api.Assertions.assertThat(ended.path("status").asText())
                .as(ended.toPrettyString())
                .isEqualTo(status);
        return ended;
    }

    private PachydermScene scene(Pod pod) {
        return scenes.get(pod.getMetadata().getNamespace());
    }

    private boolean works(Pod pod) {
        return scenes.containsKey(pod.getMetadata().getNamespace())
                && List.of("etcd", "pachd").contains(PachydermScene.app(pod));
    }

    @Override
    public void close() throws IOException {
        verbs.close();
        scenes.values().forEach(PachydermScene::close);
    }
}
