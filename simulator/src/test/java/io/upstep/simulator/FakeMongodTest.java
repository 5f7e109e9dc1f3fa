package io.upstep.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoSecurityException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.upstep.simulator.servers.FakeMongod;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.function.Function;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FakeMongodTest {
    @TempDir
    Path directory;

    @Test
    void shouldKeepDocumentsWhenStartedAgain() {
        Document task = new Document("_id", "a").append("at", new Date(0)).append("n", 7L);
        try (FakeMongod server = FakeMongod.start(data(), "3.6.23")) {
            with(server, client -> client.getDatabase("backend")
                    .getCollection("task")
                    .insertOne(task));
        }
        try (FakeMongod server = FakeMongod.start(data(), "4.0.27")) {
            Document found = with(server, client -> client.getDatabase("backend")
                    .getCollection("task")
                    .find()
                    .first());
            assertThat(found).isEqualTo(task);
        }
    }

    @Test
    void shouldBeTheSameDatabaseWhenItsDirectoryIsRenamed() throws Exception {
        try (FakeMongod server = FakeMongod.start(data(), "3.6.23")) {
            with(server, client -> client.getDatabase("a").getCollection("b").insertOne(new Document("_id", 1)));
        }
        Files.move(data(), directory.resolve("renamed"));

        try (FakeMongod server = FakeMongod.start(directory.resolve("renamed"), "3.6.23")) {
            long found = with(
                    server, client -> client.getDatabase("a").getCollection("b").countDocuments());
            assertThat(found).isEqualTo(1L);
        }
    }

    @Test
    void shouldSayItsVersions() {
        try (FakeMongod server = FakeMongod.start(data(), "4.2.16")) {
            assertThat(admin(server, new Document("buildInfo", 1)).getString("version"))
                    .isEqualTo("4.2.16");
            assertThat(compatibility(server)).isEqualTo("4.2");
        }
    }

    @Test
    void shouldNotReadADirectoryThatIsTwoVersionsBehind() {
        FakeMongod.start(data(), "3.6.23").close();

        assertThatThrownBy(() -> FakeMongod.start(data(), "4.2.16"))
                .isInstanceOf(FakeMongod.ExitException.class)
                .hasMessageContaining("exit code 62")
                .hasMessageContaining("3.6");
        FakeMongod.start(data(), "4.0.27").close();
        assertThatThrownBy(() -> FakeMongod.start(data(), "4.2.16")).hasMessageContaining("exit code 62");
    }

    @Test
    void shouldReadADirectoryWhoseVersionWasRaised() {
        FakeMongod.start(data(), "3.6.23").close();
        try (FakeMongod server = FakeMongod.start(data(), "4.0.27")) {
            admin(server, new Document("setFeatureCompatibilityVersion", "4.0"));
        }
        try (FakeMongod server = FakeMongod.start(data(), "4.2.16")) {
            assertThat(compatibility(server)).isEqualTo("4.0");
        }
        // There is no way back.
        assertThatThrownBy(() -> FakeMongod.start(data(), "3.6.23")).hasMessageContaining("exit code 62");
    }

    @Test
    void shouldRefuseACompatibilityVersionItDoesNotKnow() {
        try (FakeMongod server = FakeMongod.start(data(), "4.0.27")) {
            assertThatThrownBy(() -> admin(server, new Document("setFeatureCompatibilityVersion", "4.2")))
                    .isInstanceOf(MongoCommandException.class);
            assertThat(server.compatibility()).isEqualTo("4.0");
        }
    }

    @Test
    void shouldNotShareADirectory() {
        try (FakeMongod server = FakeMongod.start(data(), "4.0.27")) {
            assertThatThrownBy(() -> FakeMongod.start(data(), "4.0.27"))
                    .hasMessageContaining("exit code 100")
                    .hasMessageContaining("already running");
            assertThat(server.isRunning()).isTrue();
        }
    }

    @Test
    void shouldEndWithoutAnAnswerWhenToldToShutDown() {
        try (FakeMongod server = FakeMongod.start(data(), "4.0.27")) {
            assertThatThrownBy(() -> admin(server, new Document("shutdown", 1))).isInstanceOf(MongoException.class);
            await().atMost(Duration.ofSeconds(30)).until(() -> !server.isRunning());
            FakeMongod.start(data(), "4.0.27").close();
        }
    }

    @Test
    void shouldLetInWhoKnowsThePassword() {
        try (FakeMongod server = FakeMongod.start(data(), "3.6.23")) {
            server.requireLogin("ada", "right");

            assertThat(names(server, "ada:right@")).isEmpty();
            assertThatThrownBy(() -> names(server, "ada:wrong@")).isInstanceOf(MongoSecurityException.class);
            assertThatThrownBy(() -> names(server, "")).hasMessageContaining("requires authentication");
        }
    }

    private static List<String> names(FakeMongod server, String login) {
        try (MongoClient client = MongoClients.create(
                "mongodb://" + login + "127.0.0.1:" + server.port() + "/?directConnection=true&authSource=admin")) {
            return client.getDatabase("backend").listCollectionNames().into(new ArrayList<>());
        }
    }

    private Path data() {
        return directory.resolve("db");
    }

    private static String compatibility(FakeMongod server) {
        return admin(server, new Document("getParameter", 1).append("featureCompatibilityVersion", 1))
                .get("featureCompatibilityVersion", Document.class)
                .getString("version");
    }

    private static Document admin(FakeMongod server, Document command) {
        return with(server, client -> client.getDatabase("admin").runCommand(command));
    }

    private static <T> T with(FakeMongod server, Function<MongoClient, T> work) {
        try (MongoClient client =
                MongoClients.create("mongodb://127.0.0.1:" + server.port() + "/?directConnection=true")) {
            return work.apply(client);
        }
    }
}
