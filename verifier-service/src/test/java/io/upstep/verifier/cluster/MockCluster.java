package io.upstep.verifier.cluster;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.upstep.event.Installation;
import io.upstep.verifier.TestConfig;
import io.upstep.verifier.VerifierConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An API server without controllers: objects are and say what a test puts there. It remembers what it was asked. */
public final class MockCluster implements AutoCloseable {
    public static final String NAME = "east";
    public static final String PLAN = "11111111-2222-3333-4444-555555555555";
    public static final Installation INSTALLATION = new Installation(NAME, "polyaxon", "polyaxon");

    private final Recorder recorder = new Recorder();
    private final KubernetesMockServer server =
            new KubernetesMockServer(new Context(), new MockWebServer(), new HashMap<>(), recorder, false);
    private final KubernetesClient admin;
    private final Path kubeconfig;
    private final Clusters clusters;

    public MockCluster() {
        server.init();
        admin = server.createClient();
        kubeconfig = write(server.url("/"));
        clusters = new Clusters(config());
    }

    /** The verifier's configuration that leads here. */
    public VerifierConfig config(String... more) {
        return TestConfig.with(NAME, kubeconfig, more);
    }

    public Clusters clusters() {
        return clusters;
    }

    public ClusterReader reader() {
        return clusters.reader(NAME).orElseThrow();
    }

    /** Creates or replaces an object, written as YAML, in the installation's namespace. */
    public void put(String yaml) {
        var resource = admin.resource(json(yaml)).inNamespace(INSTALLATION.namespace());
        if (resource.get() == null) {
            resource.create();
        } else {
            resource.update();
        }
    }

    public void delete(String yaml) {
        admin.resource(json(yaml)).inNamespace(INSTALLATION.namespace()).delete();
    }

    /** The uid the server gave an object. */
    public String uid(String kind, String name) {
        return reader().get(Kind.builtIn(kind), INSTALLATION.namespace(), name)
                .orElseThrow()
                .uid();
    }

    /** Answers a path so, from now on. */
    public void answer(String path, int status, String body) {
        recorder.canned.put(
                path,
                new MockResponse()
                        .setResponseCode(status)
                        .setHeader("Content-Type", "application/json")
                        .setBody(body));
    }

    /** Sends whoever asks for a path elsewhere. */
    public void redirect(String path, String location) {
        recorder.canned.put(path, new MockResponse().setResponseCode(302).setHeader("Location", location));
    }

    /** Answers everything with 503, or again as usual. */
    public void outage(boolean down) {
        recorder.down = down;
    }

    /** The verbs and paths asked since the last call. */
    public List<String> asked() {
        List<String> asked = List.copyOf(recorder.asked);
        recorder.asked.clear();
        return asked;
    }

    @Override
    public void close() {
        clusters.close();
        admin.close();
        server.destroy();
    }

    private static String json(String yaml) {
        try {
            return new YAMLMapper().readTree(yaml).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path write(String url) {
        try {
            Path file = Files.createTempFile("kubeconfig", ".yaml");
            file.toFile().deleteOnExit();
            return Files.writeString(file, """
                    apiVersion: v1
                    kind: Config
                    clusters: [{name: mock, cluster: {server: "%s"}}]
                    users: [{name: nobody, user: {token: none}}]
                    contexts: [{name: east, context: {cluster: mock, user: nobody}}]
                    current-context: east
                    """.formatted(url));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Recorder extends KubernetesCrudDispatcher {
        private final List<String> asked = new CopyOnWriteArrayList<>();
        private final Map<String, MockResponse> canned = new ConcurrentHashMap<>();
        private volatile boolean down;

        @Override
        public MockResponse dispatch(RecordedRequest request) {
            String path = request.getPath().replaceAll("\\?.*", "");
            asked.add(request.getMethod() + " " + path);
            if (down) {
                return new MockResponse().setResponseCode(503).setBody("etcd is on holiday");
            }
            return canned.containsKey(path) ? canned.get(path) : super.dispatch(request);
        }
    }
}
