package io.upstep.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.upstep.simulator.store.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One installation of Feast, by a real Helm, with a database of its own. */
final class FeastScene implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern URL = Pattern.compile("jdbc:postgresql://[^/]+/(\\w+)");
    private static final String VALUES = """
            feast-core: {replicaCount: %d, application%s.yaml: {spring: {datasource: {url: 'jdbc:postgresql://%s/%s'}}}}
            postgresql: {enabled: %s, postgresqlPassword: made-up}
            """;

    /** What a test does in the moment a core starts. */
    @FunctionalInterface
    interface Moment {
        void now() throws Exception;
    }

    private final FeastLab lab;
    private final String namespace;
    private final Map<String, String> running = new ConcurrentHashMap<>();
    private final Map<String, Moment> before = new ConcurrentHashMap<>();
    private final Map<String, FeastCoreServer> servers = new ConcurrentHashMap<>();
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private volatile String failing = "";
    private volatile PlannerClient client;
    private volatile boolean builtIn;

    FeastScene(FeastLab lab, String namespace) {
        this.lab = lab;
        this.namespace = namespace;
        this.client = lab.verbs().client();
    }

    /** Another Upstep than the one for all. */
    FeastScene upgradedBy(ServiceProcess upstep) {
        client = new PlannerClient(upstep.uri());
        client.awaitWorkers("local");
        return this;
    }

    String namespace() {
        return namespace;
    }

    /** What the database is called. */
    String database() {
        return namespace.replace('-', '_');
    }

    List<String> violations() {
        return violations;
    }

    /** With the chart's own PostgreSQL, behind a Service, and not with one beside the cluster. */
    FeastScene builtIn() {
        builtIn = true;
        lab.verbs()
                .cluster()
                .knobs()
                .backend(
                        namespace,
                        namespace + "-postgresql",
                        5432,
                        "127.0.0.1",
                        lab.server().port());
        return this;
    }

    /** By Helm, as somebody did it long ago; then people register things. */
    FeastScene installed(String version, int cores) throws IOException {
        lab.server().make(database());
        prepareNamespace();
        Path file = Files.writeString(Files.createTempFile(namespace, ".yaml"), values(version, cores));
        // One at a time: what is behind it in this process was not made for several threads.
        synchronized (Helm.class) {
            new Helm(lab.chart(version))
                    .install()
                    .withName(namespace)
                    .withNamespace(namespace)
                    .withValuesFile(file)
                    .withKubeConfigContents(lab.verbs().cluster().kubeconfig())
                    .call();
        }
        await("the core of " + namespace).atMost(Duration.ofMinutes(1)).until(() -> ready() == cores);
        if (version.startsWith("0.4.") || version.startsWith("0.5.")) {
            lab.server().runScript(database(), "content-" + version.substring(0, 3) + ".sql");
        }
        return this;
    }

    private void prepareNamespace() {
        try (KubernetesClient client = lab.verbs().cluster().client()) {
            client.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(namespace)
                            .endMetadata()
                            .build())
                    .create();
            client.resource(new SecretBuilder()
                            .withNewMetadata()
                            .withName("registry-login")
                            .withNamespace(namespace)
                            .endMetadata()
                            .addToStringData("password", "of-no-matter")
                            .build())
                    .create();
        }
    }

    private String values(String version, int cores) {
        String place = builtIn
                ? namespace + "-postgresql:5432"
                : "127.0.0.1:" + lab.server().port();
        return VALUES.formatted(cores, version.startsWith("0.4.") ? "" : "-override", place, database(), builtIn);
    }

    int ready() {
        return InstalledObjects.ready(lab.verbs().cluster(), namespace, namespace + "-feast-core");
    }

    /** @param parameters in addition to those that all tests need */
    String submit(String target, String parameters) {
        try {
            ObjectNode all = lab.parameters().put("databaseName", database());
            if (!builtIn) {
                all.put("databaseHost", "127.0.0.1")
                        .put("databasePort", lab.server().port())
                        .put("databaseSecret", "registry-login");
            }
            all.setAll((ObjectNode) JSON.readTree(parameters));
            ObjectNode submission = JSON.createObjectNode()
                    .put("platform", "feast")
                    .put("target", target)
                    .put("start", "automatic");
            submission.set("parameters", all);
            submission
                    .putObject("installation")
                    .put("cluster", "local")
                    .put("namespace", namespace)
                    .put("release", namespace);
            return client.submit(submission.toString());
        } catch (IOException e) {
            throw new IllegalArgumentException(parameters, e);
        }
    }

    /** Waits for that end, and fails at once if it is another. */
    JsonNode ends(String plan, String status) {
        await("plan " + plan + " to end")
                .atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .until(() -> client.plan(plan).has("finishedAt"));
        JsonNode ended = client.plan(plan);
        assertThat(ended.path("status").asText()).as(ended.toPrettyString()).isEqualTo(status);
        return ended;
    }

    /** The reason and the remedy of a plan that is refused. */
    String refused(String target, String parameters) {
        JsonNode refusal = ends(submit(target, parameters), "REFUSED").path("refusal");
        assertThat(refusal.path("remedy").asText()).isNotBlank();
        return refusal.path("code").asText() + ": " + refusal.path("detail").asText() + " "
                + refusal.path("remedy").asText();
    }

    /** The next time a core of this version starts here, this happens first. */
    void before(String version, Moment moment) {
        before.put(version, moment);
    }

    /** From now on cores of this version fail when they have migrated their database. */
    void fails(String version) {
        failing = version;
    }

    /** What the installation is made of, without Helm's own record and what differs where an object was made anew. */
    Map<String, JsonNode> objects() {
        Map<String, JsonNode> objects = InstalledObjects.of(lab.verbs().cluster(), namespace);
        objects.keySet().removeIf(name -> name.startsWith("secrets/sh.helm.release."));
        objects.values().forEach(object -> {
            ((ObjectNode) object.path("metadata")).remove(List.of("uid", "creationTimestamp"));
            if (object.path("spec") instanceof ObjectNode spec) {
                spec.remove("clusterIP");
            }
        });
        return objects;
    }

    List<String> data() {
        return lab.server().content(database());
    }

    List<String> rows(String sql) {
        return lab.server().rows(database(), sql);
    }

    void run(String sql) {
        lab.server().run(database(), sql);
    }

    /** A core comes up: it works on the database its configuration names, and nobody of another version beside it. */
    void starts(Pod pod) throws Exception {
        String version = version(pod);
        Moment moment = before.remove(version);
        if (moment != null) {
            moment.now();
        }
        String database = configured();
        running.forEach((other, its) -> {
            if (!its.equals(version + " on " + database) && its.endsWith(" on " + database)) {
                violations.add(namespace + ": " + version + " starts on " + database + " beside " + its);
            }
        });
        running.put(pod.getMetadata().getUid(), version + " on " + database);
        try {
            FeastCore.start(version, database, lab.server());
        } catch (IllegalStateException e) {
            violations.add(namespace + ": " + version + " starts on tables that it cannot read");
            throw e;
        }
        if (version.equals(failing)) {
            throw new IOException("core " + version + " falls over when it has migrated");
        }
        FeastCoreServer server = new FeastCoreServer(version);
        servers.put(pod.getMetadata().getUid(), server);
        lab.verbs().cluster().knobs().backend(namespace, namespace + "-feast-core", 6565, "127.0.0.1", server.port());
    }

    void ends(Pod pod) {
        running.remove(pod.getMetadata().getUid());
        FeastCoreServer server = servers.remove(pod.getMetadata().getUid());
        if (server != null) {
            server.close();
        }
    }

    /** The later of the two files wins, as with Spring. */
    private String configured() {
        JsonNode map = lab.verbs()
                .cluster()
                .snapshot()
                .objects()
                .get(new Key("configmaps", namespace, namespace + "-feast-core"))
                .path("data");
        String own = map.path("application-override.yaml").asText()
                + map.path("application.yaml").asText();
        Matcher url = URL.matcher(own
                + map.path("application-generated.yaml").asText()
                + map.path("application-bundled-postgresql.yaml").asText());
        assertThat(url.find()).as(map.toPrettyString()).isTrue();
        return url.group(1);
    }

    /** The charts' own tags are dev and latest; what these are the chart says. */
    private String version(Pod pod) {
        String tag = pod.getSpec().getContainers().get(0).getImage().replaceFirst(".*:", "");
        return tag.matches("\\d.*")
                ? tag
                : lab.verbs()
                        .cluster()
                        .snapshot()
                        .objects()
                        .get(new Key("deployments.apps", namespace, namespace + "-feast-core"))
                        .at("/metadata/labels/chart")
                        .asText()
                        .replace("feast-core-", "");
    }

    @Override
    public void close() {
        servers.values().forEach(FeastCoreServer::close);
    }
}
