package io.upstep.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** One installation of Polyaxon, or of its agent, by a real Helm; the release and its namespace have one name. */
final class PolyaxonScene {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PolyaxonLab lab;
    private final String namespace;
    private final String chart;
    private final PolyaxonDatabase database;
    private volatile String failing = "";
    private volatile String stuck = "";

    PolyaxonScene(PolyaxonLab lab, String namespace, String chart, PolyaxonDatabase database) {
        this.lab = lab;
        this.namespace = namespace;
        this.chart = chart;
        this.database = database;
    }

    String namespace() {
        return namespace;
    }

    PolyaxonDatabase database() {
        return database;
    }

    /** By Helm, as somebody did it long ago; then people work with it. */
    PolyaxonScene installed(String version, String values) throws IOException, SQLException {
        try (KubernetesClient client = lab.verbs().cluster().client()) {
            client.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(namespace)
                            .endMetadata()
                            .build())
                    .create();
            client.resource(new SecretBuilder()
                            .withNewMetadata()
                            .withName("plx-db")
                            .withNamespace(namespace)
                            .endMetadata()
                            .addToStringData("password", "of-no-matter")
                            .build())
                    .create();
        }
        if (!version.equals("none")) {
            Path file = Files.writeString(Files.createTempFile(namespace, ".yaml"), values);
            // One at a time: what is behind it in this process was not made for several threads.
            synchronized (Helm.class) {
                new Helm(lab.chart(chart, version))
                        .install()
                        .withName(namespace)
                        .withNamespace(namespace)
                        .withValuesFile(file)
                        .withKubeConfigContents(lab.verbs().cluster().kubeconfig())
                        .call();
            }
            lab.awaitReady(namespace);
        }
        if (database != null && !version.equals("none")) {
            database.fill();
        }
        return this;
    }

    /** Waits for that end, and fails at once if it is another. */
    JsonNode ends(String plan, String status) {
        return lab.awaitEnd(plan, status);
    }

    /** From now on what a version does to the data goes wrong halfway. */
    void fails(String version) {
        failing = version;
    }

    /** From now on containers of this image never become ready here. */
    void never(String image) {
        stuck = image;
    }

    /** @param parameters in addition to where the charts are and that it may be away for a while */
    String submit(String target, String parameters) {
        try {
            ObjectNode all = (ObjectNode) JSON.readTree(parameters);
            all.put("acceptDowntime", true).set("charts", lab.charts(chart));
            if (database != null && !all.has("databaseName")) {
                all.put("databaseName", database.name());
            }
            ObjectNode submission = JSON.createObjectNode()
                    .put("platform", chart.equals("agent") ? "polyaxon-agent" : "polyaxon")
                    .put("target", target)
                    .put("start", "automatic");
            submission.set("parameters", all);
            submission
                    .putObject("installation")
                    .put("cluster", "local")
                    .put("namespace", namespace)
                    .put("release", namespace);
            return lab.client().submit(submission.toString());
        } catch (IOException e) {
            throw new IllegalArgumentException(parameters, e);
        }
    }

    /** The parameters that say where an external database is. */
    String outside() {
        return "{\"databaseHost\": \"127.0.0.1\", \"databasePort\": " + database.port()
                + ", \"databaseSecret\": \"plx-db\"}";
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

    List<String> data() throws SQLException {
        return database == null ? List.of() : database.content();
    }

    /** Whether a container does anything to data: a database server, a migration, or the API of 2.x, which migrates. */
    boolean works(Container container) {
        return container.getImage().equals(stuck) || database != null && worksOnData(container);
    }

    private static boolean worksOnData(Container container) {
        return container.getImage().contains("/postgresql:")
                || container.getName().equals("sync-db-job")
                || container.getName().equals("polyaxon-api")
                        && version(container).startsWith("2.");
    }

    void works(Pod pod) throws SQLException {
        Container container = PolyaxonLab.container(pod);
        String version = version(container);
        if (container.getImage().equals(stuck)) {
            throw new IllegalStateException(stuck + " does not come up");
        }
        if (container.getImage().contains("/postgresql:")) {
            database.comesUpOn(version.startsWith("11") ? PolyaxonServers.OLD : PolyaxonServers.NEW, isKept(pod));
            lab.verbs()
                    .cluster()
                    .knobs()
                    .backend(namespace, namespace + "-postgresql", 5432, "127.0.0.1", database.port());
            return;
        }
        if (version.startsWith("2.")) {
            database.renameApp();
        }
        if (version.equals(failing)) {
            database.migrate(version);
            throw new IllegalStateException("the migration of " + version + " goes wrong halfway");
        }
        database.migrate(version);
    }

    private static boolean isKept(Pod pod) {
        return pod.getSpec().getVolumes().stream().anyMatch(volume -> volume.getPersistentVolumeClaim() != null);
    }

    private static String version(Container container) {
        return container.getImage().replaceFirst(".*:", "");
    }
}
