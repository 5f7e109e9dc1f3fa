package io.upstep.verifier.check.sql;

import io.upstep.verifier.cluster.MockCluster;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;

/** A real PostgreSQL server, one for all tests; it ends with their process. */
public final class TestDatabase {
    public static final String PASSWORD = "hunter2-of-the-database";
    private static TestDatabase shared;
    private final EmbeddedPostgres server;
    private final Set<String> untouched = new HashSet<>();

    public static synchronized TestDatabase shared() {
        shared = shared == null ? new TestDatabase() : shared;
        return shared;
    }

    private TestDatabase() {
        try {
            server = EmbeddedPostgres.builder().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return server.getPort();
    }

    /** Puts the login into the cluster. */
    static void login(MockCluster cluster) {
        cluster.put("{apiVersion: v1, kind: Secret, metadata: {name: login}, data: {username: cG9zdGdyZXM=, password: "
                + java.util.Base64.getEncoder()
                        .encodeToString(PASSWORD.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                + "}}");
    }

    /** As recipes name it. */
    String connection(String database) {
        return "{host: localhost, port: %d, database: %s, secretRef: {name: login}, sslMode: disable}"
                .formatted(port(), database);
    }

    /** Makes a database anew, unless it is as it was made. */
    public void create(String database, String content) {
        if (untouched.contains(database + content)) {
            return;
        }
        run("postgres", "drop database if exists " + database + " with (force)");
        run("postgres", "create database " + database);
        run(database, content);
        untouched.add(database + content);
    }

    public void run(String database, String sql) {
        untouched.removeIf(made -> made.startsWith(database));
        try (Connection connection = server.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
