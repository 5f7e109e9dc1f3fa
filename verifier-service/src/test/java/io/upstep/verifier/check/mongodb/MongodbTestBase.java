package io.upstep.verifier.check.mongodb;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.upstep.event.Evidence;
import io.upstep.event.Fact;
import io.upstep.simulator.servers.FakeMongod;
import io.upstep.verifier.VerifierConfig;
import io.upstep.verifier.check.BadParametersException;
import io.upstep.verifier.check.Check;
import io.upstep.verifier.check.Probe;
import io.upstep.verifier.check.kubernetes.Looking;
import io.upstep.verifier.cluster.MockCluster;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A MongoDB server on this machine, in a directory of the test's. */
abstract class MongodbTestBase {
    @TempDir
    Path directory;

    final MockCluster cluster = new MockCluster();
    VerifierConfig config = cluster.config("query-rows", "50", "connect-timeout", "20s");
    FakeMongod server;

    @AfterEach
    void close() {
        end();
        cluster.close();
    }

    private void end() {
        if (server != null) {
            server.close();
        }
    }

    /** A server on the directory; one that runs there is ended before. */
    void start(String version) {
        end();
        server = FakeMongod.start(directory.resolve("db"), version);
    }

    void impatient() {
        config = cluster.config("connect-timeout", "300ms");
    }

    Mongods mongods() {
        return new Mongods(config);
    }

    void insert(String database, String collection, String... documents) {
        client(client -> client.getDatabase(database)
                .getCollection(collection)
                .insertMany(Arrays.stream(documents).map(Document::parse).toList()));
    }

    <T> T client(Function<MongoClient, T> work) {
        try (MongoClient client =
                MongoClients.create("mongodb://127.0.0.1:" + server.port() + "/?directConnection=true")) {
            return work.apply(client);
        }
    }

    /** @param with more parameters than the connection */
    <P> Fact fact(Probe<P> probe, String with) throws BadParametersException {
        return Looking.at(cluster, probe, here(with));
    }

    <P> Evidence evidence(Check<P> check, String with) throws BadParametersException {
        return Looking.at(cluster, check, here(with)).get(0);
    }

    private String here(String with) {
        return "{connection: {host: 127.0.0.1, port: " + server.port() + "}" + (with.isEmpty() ? "" : ", " + with)
                + "}";
    }
}
