package io.upstep.standalone;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Updates;
import io.upstep.simulator.Knobs;
import io.upstep.simulator.servers.RealElasticsearch;
import io.upstep.simulator.servers.TrainsEvents;
import java.util.List;
import org.bson.Document;

/**
 * Does on the databases what the server's apiserver does when it starts, and answers as it does. From 0.16 on it refuses to
 * begin where the data were not migrated, and says so nowhere but in its error flags.
 */
final class ClearmlApiserver {
    private static final List<String> MIGRATIONS =
            List.of("0.16.0", "0.16.1", "0.16.2", "0.17.0", "1.0.0", "1.0.2", "1.3.0");

    private final String namespace;
    private final Knobs knobs;

    ClearmlApiserver(String namespace, Knobs knobs) {
        this.namespace = namespace;
        this.knobs = knobs;
    }

    /** @param halfway whether its migration of MongoDB goes wrong halfway */
    void start(String version, int mongo, RealElasticsearch elasticsearch, boolean halfway) {
        try (MongoClient client = MongoClients.create("mongodb://127.0.0.1:" + mongo)) {
            boolean missed = isAtLeast(version, "0.16.0") && missesTheUpgrade(client, elasticsearch);
            if (!missed && isAtLeast(version, "0.16.0")) {
                migrate(client, version, halfway);
                TrainsEvents.put(TrainsEvents.templates7(), elasticsearch);
            }
            answer("/server.info", "{\"version\": \"" + version + "\"}");
            answer(
                    "/auth.fixed_users_mode",
                    isAtLeast(version, "0.16.0")
                            ? "{\"enabled\": false, \"server_errors\": {" + errors(missed, elasticsearch) + "}}"
                            : "{\"enabled\": false}");
        }
    }

    /** The server names what is wrong, and nothing else. */
    private static String errors(boolean missed, RealElasticsearch elasticsearch) {
        return missed ? "\"missed_es_upgrade\": true" : elasticsearch.isAlive() ? "" : "\"es_connection_error\": true";
    }

    private static boolean missesTheUpgrade(MongoClient client, RealElasticsearch elasticsearch) {
        boolean templates = elasticsearch.isAlive()
                && elasticsearch.answer("GET", "/_template/events*", "").statusCode() == 200;
        return !templates
                && tasks(client).countDocuments() > 0
                && versions(client).stream().noneMatch(v -> isAtLeast(v, "0.16.0"));
    }

    private static void migrate(MongoClient client, String version, boolean halfway) {
        for (String migration : MIGRATIONS) {
            if (isAtLeast(version, migration) && !versions(client).contains(migration)) {
                tasks(client).updateMany(new Document(), Updates.set("migrated_" + migration.replace('.', '_'), true));
                if (halfway) {
                    throw new IllegalStateException(
                            "the migration to " + migration + " goes wrong halfway; please restore backup");
                }
                client.getDatabase("backend")
                        .getCollection("versions")
                        .insertOne(new Document("_id", migration).append("num", migration));
            }
        }
    }

    private static List<String> versions(MongoClient client) {
        return client.getDatabase("backend")
                .getCollection("versions")
                .find()
                .map(version -> version.getString("num"))
                .into(new java.util.ArrayList<>());
    }

    private static MongoCollection<Document> tasks(MongoClient client) {
        return client.getDatabase("backend").getCollection("task");
    }

    private void answer(String path, String data) {
        knobs.serve(
                namespace,
                "apiserver-service",
                path,
                200,
                "application/json",
                "{\"meta\": {\"result_code\": 200}, \"data\": " + data + "}");
    }

    static boolean isAtLeast(String version, String other) {
        return java.lang.module.ModuleDescriptor.Version.parse(version)
                        .compareTo(java.lang.module.ModuleDescriptor.Version.parse(other))
                >= 0;
    }
}
