package io.upstep.planner.store;

import io.upstep.planner.plan.Decider;
import io.upstep.planner.plan.FakeResolver;
import io.upstep.planner.plan.Patience;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** One real PostgreSQL for all tests of this JVM; each test gets a database of its own. */
public final class TestServer {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static EmbeddedPostgres server;

    private TestServer() {}

    public static synchronized StoreConfig newDatabase() {
        try {
            if (server == null) {
                server = EmbeddedPostgres.builder().start();
            }
            String name = "t" + DATABASES.incrementAndGet();
            try (Connection connection = server.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("create database " + name);
            }
            return external(server.getJdbcUrl("postgres", name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Decider decider() {
        return new Decider(new FakeResolver(), Patience.DEFAULT);
    }

    static StoreConfig external(String url) {
        return new TestStore(Optional.of(url), null);
    }

    /** A server of its own, which writes to disk before it says so. */
    public static StoreConfig onDisk(Path directory) {
        return embedded(directory);
    }

    static StoreConfig embedded(Path directory) {
        return new TestStore(Optional.empty(), directory);
    }

    private record TestStore(Optional<String> url, Path directory) implements StoreConfig {
        @Override
        public Optional<String> username() {
            return Optional.of("postgres");
        }

        @Override
        public Optional<String> password() {
            return Optional.empty();
        }

        @Override
        public int connections() {
            return 8;
        }

        @Override
        public Duration patience() {
            return Duration.ofSeconds(2);
        }

        @Override
        public Optional<List<String>> clusters() {
            return Optional.of(List.of("east=context-east", "west"));
        }
    }
}
