package io.upstep.executor.action.postgres;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.upstep.executor.TestCluster;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A real PostgreSQL that can be stopped and started again, with its credentials in a cluster's Secret. */
final class TestPostgres implements AutoCloseable {
    static final String PASSWORD = "hunter2-of-the-database";
    private final Path directory;
    private EmbeddedPostgres server;

    TestPostgres(Path directory, TestCluster cluster) {
        this.directory = directory;
        server = started(0);
        cluster.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("login")
                        .withNamespace(cluster.namespace())
                        .endMetadata()
                        .addToStringData("username", "postgres")
                        .addToStringData("password", PASSWORD)
                        .build())
                .create();
    }

    private EmbeddedPostgres started(int port) {
        try {
            return EmbeddedPostgres.builder()
                    .setDataDirectory(directory.resolve("data"))
                    .setCleanDataDirectory(false)
                    .setPort(port)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Database database() {
        return new Database(
                "localhost",
                server.getPort(),
                "postgres",
                null,
                new Database.SecretRef("login", null, null),
                Database.SslMode.DISABLE);
    }

    /** The same as a step would say it. */
    String connection() {
        return "{host: localhost, port: %d, database: postgres, secretRef: {name: login}, sslMode: disable}"
                .formatted(server.getPort());
    }

    void stop() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void startAgain() {
        server = started(server.getPort());
    }

    long number(String query) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void run(String sql) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
