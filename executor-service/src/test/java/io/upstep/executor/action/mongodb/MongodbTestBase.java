package io.upstep.executor.action.mongodb;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.upstep.executor.ExecutorConfig.PortForward;
import io.upstep.executor.action.kubernetes.ActionTestBase;
import io.upstep.executor.action.route.Routes;
import io.upstep.simulator.servers.FakeMongod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of actions on MongoDB have in common: a server on this machine, in a directory of the test's. */
abstract class MongodbTestBase extends ActionTestBase {
    @TempDir
    Path directory;

    final Mongods mongods = mongods(Duration.ofSeconds(20));
    /** For where nobody is expected to answer. */
    final Mongods impatient = mongods(Duration.ofMillis(300));

    FakeMongod server;

    private static Mongods mongods(Duration connectTimeout) {
        return new Mongods(new Routes(PortForward.AUTO, Optional.empty()), connectTimeout);
    }

    @AfterEach
    void end() {
        if (server != null) {
            server.close();
        }
    }

    /** A server on the directory; one that runs there is ended before. */
    FakeMongod start(String version) {
        end();
        server = FakeMongod.start(directory.resolve("db"), version);
        return server;
    }

    String connection() {
        return "{host: 127.0.0.1, port: " + server.port() + "}";
    }

    void insert(String database, String collection, String... documents) {
        client(client -> client.getDatabase(database)
                .getCollection(collection)
                .insertMany(List.of(documents).stream().map(Document::parse).toList()));
    }

    Document admin(Document command) {
        return client(client -> client.getDatabase("admin").runCommand(command));
    }

    private <T> T client(Function<MongoClient, T> work) {
        try (MongoClient client =
                MongoClients.create("mongodb://127.0.0.1:" + server.port() + "/?directConnection=true")) {
            return work.apply(client);
        }
    }
}
