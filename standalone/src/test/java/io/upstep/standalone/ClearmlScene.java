package io.upstep.standalone;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.ReplaceOptions;
import io.fabric8.kubernetes.api.model.Pod;
import io.upstep.simulator.servers.RealElasticsearch;
import io.upstep.simulator.servers.TrainsEvents;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bson.Document;

/** One installation of the server, whose databases really are: made from manifests, with the data on the node. */
final class ClearmlScene {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TASKS = 300;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final ClearmlLab lab;
    private final String namespace;
    private final ClearmlApiserver apiserver;
    private volatile String failing = "";

    ClearmlScene(ClearmlLab lab, String namespace) {
        this.lab = lab;
        this.namespace = namespace;
        this.apiserver = new ClearmlApiserver(namespace, lab.verbs().cluster().knobs());
    }

    String namespace() {
        return namespace;
    }

    String data() {
        return "/opt/" + namespace + "/data";
    }

    /** Trains of that version, in which people have worked. */
    ClearmlScene trains(String version, int documents) {
        load("trains-server", "allegroai/trains-server", "trains", version, RealElasticsearch.OLD, "elastic", "3.6.5");
        TrainsEvents.put(TrainsEvents.templates5(), old());
        TrainsEvents.load(old(), documents);
        fill("0.15.0");
        return this;
    }

    /** Trains of that version, whose data are in Elasticsearch 7 already. */
    ClearmlScene migrated(String version) {
        load(
                "trains-server",
                "allegroai/trains-server",
                "trains",
                version,
                RealElasticsearch.NEW,
                "elastic_7",
                "3.6.5");
        TrainsEvents.put(TrainsEvents.templates7(), node("elastic_7", RealElasticsearch.NEW));
        fill("0.16.2");
        return this;
    }

    /** ClearML of that version, on a MongoDB of that version. */
    ClearmlScene clearml(String version, String mongo, String schema) {
        load("clearml-server", "allegroai/clearml", "clearml", version, RealElasticsearch.NEW, "elastic_7", mongo);
        TrainsEvents.put(TrainsEvents.templates7(), node("elastic_7", RealElasticsearch.NEW));
        fill(schema);
        return this;
    }

    private void load(
            String part, String image, String label, String version, String elastic, String directory, String mongo) {
        lab.verbs()
                .cluster()
                .load(manifests()
                        .replace("NAMESPACE", namespace)
                        .replace("PART", part)
                        .replace("SERVER", image)
                        .replace("VERSION", version)
                        .replace("LABEL", label)
                        .replace("HOME", "/opt/" + namespace)
                        .replace("DIRECTORY", directory)
                        .replace("ELASTIC", elastic)
                        .replace("MONGO", mongo));
        lab.awaitReady(namespace);
    }

    private static String manifests() {
        try (InputStream file = ClearmlScene.class.getResourceAsStream("/clearml/server.yaml")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void fill(String schema) {
        try (MongoClient client = mongo()) {
            MongoDatabase backend = client.getDatabase("backend");
            client.getDatabase("auth").getCollection("user").insertOne(new Document("_id", "u1").append("name", "ann"));
            backend.getCollection("task")
                    .insertMany(IntStream.range(0, TASKS)
                            .mapToObj(i -> new Document("_id", "task-" + i).append("name", "training " + i))
                            .toList());
            backend.getCollection("versions")
                    .replaceOne(
                            new Document("_id", schema),
                            new Document("_id", schema).append("num", schema),
                            new ReplaceOptions().upsert(true));
        }
    }

    /** What MongoDB holds, document by document. */
    List<String> documents() {
        List<String> all = new ArrayList<>();
        try (MongoClient client = mongo()) {
            for (String database : List.of("auth", "backend")) {
                for (String collection : client.getDatabase(database).listCollectionNames()) {
                    client.getDatabase(database)
                            .getCollection(collection)
                            .find()
                            .sort(new Document("_id", 1))
                            .forEach(document -> all.add(collection + " " + document.toJson()));
                }
            }
        }
        return all;
    }

    private MongoClient mongo() {
        return MongoClients.create("mongodb://127.0.0.1:" + lab.servers().port(namespace, "mongo"));
    }

    /** How many documents each index of the server's Elasticsearch has. */
    Map<String, Integer> counts(RealElasticsearch server) {
        try {
            Map<String, Integer> counts = new java.util.TreeMap<>();
            for (JsonNode index : JSON.readTree(server.call(
                    "GET",
                    "/_cat/indices/events-*,worker_stats_*,queue_metrics_*?format=json&h=index,docs.count",
                    ""))) {
                counts.put(
                        index.path("index").asText(), index.path("docs.count").asInt());
            }
            return counts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RealElasticsearch old() {
        return node("elastic", RealElasticsearch.OLD);
    }

    RealElasticsearch node(String directory, String version) {
        return lab.servers().node(data() + "/" + directory, version);
    }

    /** The feature compatibility of the MongoDB that is called so. */
    String compatibility(String app) {
        return lab.servers().mongod(namespace, app).compatibility();
    }

    /** From now on this version's migration of MongoDB goes wrong halfway. */
    void fails(String version) {
        failing = version;
    }

    String submit(String target, String parameters) {
        try {
            ObjectNode all = (ObjectNode) JSON.readTree(parameters);
            // The machine that runs this may have little room left.
            if (!all.has("diskReservePercent")) {
                all.put("diskReservePercent", 0);
            }
            if (!all.has("clearmlPath")) {
                all.put("clearmlPath", "/opt/" + namespace);
            }
            all.put("acceptDowntime", true).put("dataPath", data()).put("backupPath", "/backup/" + namespace);
            ObjectNode submission = JSON.createObjectNode()
                    .put("platform", "clearml")
                    .put("target", target)
                    .put("start", "automatic");
            submission.set("parameters", all);
            submission
                    .putObject("installation")
                    .put("cluster", "local")
                    .put("namespace", namespace)
                    .put("release", "trains-server");
            return lab.client().submit(submission.toString());
        } catch (IOException e) {
            throw new IllegalArgumentException(parameters, e);
        }
    }

    /** How the new Elasticsearch, which is a process of this machine, reaches the old one. */
    String reachable() {
        return "{\"remote\": \"http://127.0.0.1:" + old().port() + "\"}";
    }

    Map<String, JsonNode> objects() {
        return InstalledObjects.of(lab.verbs().cluster(), namespace);
    }

    /** What the pod of a server does when it starts. */
    void works(Pod pod) {
        String image = pod.getSpec().getContainers().get(0).getImage();
        String version = image.substring(image.lastIndexOf(':') + 1);
        // As the server itself does it, which tries for a while.
        await("the databases of " + namespace)
                .atMost(PATIENCE)
                .until(() -> lab.servers().isRunning(namespace, "elasticsearch")
                        && lab.servers().isRunning(namespace, "mongo"));
        RealElasticsearch elasticsearch = lab.servers().elasticsearch(namespace, "elasticsearch");
        apiserver.start(version, lab.servers().port(namespace, "mongo"), elasticsearch, version.equals(failing));
    }
}
