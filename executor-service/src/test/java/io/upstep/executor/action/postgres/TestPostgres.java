package io.upstep.executor.action.postgres;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.upstep.executor.TestCluster;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.stream.Stream;

/** A real PostgreSQL that can be stopped and started again, with its credentials in a cluster's Secret. */
public final class TestPostgres implements AutoCloseable {
    public static final String PASSWORD = "hunter2-of-the-database";
    private static final Path SHARED = Path.of("target", "test-postgres");
    private static TestPostgres shared;

    private final Path directory;
    private final PgBinaryResolver binaries;
    private EmbeddedPostgres server;

    /** The one server of all tests, whose credentials this cluster knows from now on; it ends with their process. */
    public static synchronized TestPostgres shared(TestCluster cluster) {
        if (shared == null) {
            deleted(SHARED);
            shared = new TestPostgres(SHARED, DefaultPostgresBinaryResolver.INSTANCE);
        }
        tell(cluster);
        return shared;
    }

    TestPostgres(Path directory, TestCluster cluster, PgBinaryResolver binaries) {
        this(directory, binaries);
        tell(cluster);
    }

    private TestPostgres(Path directory, PgBinaryResolver binaries) {
        this.directory = directory;
        this.binaries = binaries;
        server = started(0);
    }

    private static void tell(TestCluster cluster) {
        if (cluster.secret("login") == null) {
            login(cluster, "login", "postgres");
        }
    }

    /** What the last run has left. */
    private static void deleted(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void login(TestCluster cluster, String name, String user) {
        cluster.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(cluster.namespace())
                        .endMetadata()
                        .addToStringData("username", user)
                        .addToStringData("password", PASSWORD)
                        .build())
                .create();
    }

    private EmbeddedPostgres started(int port) {
        try {
            return EmbeddedPostgres.builder()
                    .setPgBinaryResolver(binaries)
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
                null,
                server.getPort(),
                "postgres",
                null,
                new Database.SecretRef("login", null, null),
                Database.SslMode.DISABLE);
    }

    /** The same as a step would say it. */
    public String connection() {
        return connection("postgres");
    }

    public String connection(String database) {
        return "{host: localhost, port: %d, database: '%s', secretRef: {name: login}, sslMode: disable}"
                .formatted(server.getPort(), database);
    }

    int port() {
        return server.getPort();
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

    public long number(String query) {
        return number("postgres", query);
    }

    public long number(String database, String query) {
        return Long.parseLong(text(database, query));
    }

    /** The first column of the first row; null if there is none. */
    public String text(String database, String query) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getString(1) : null;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public void run(String sql) {
        run("postgres", sql);
    }

    public void run(String database, String sql) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    Connection connect(String database) throws SQLException {
        return server.getDatabase("postgres", database).getConnection();
    }

    boolean exists(String database) {
        return number("select count(*) from pg_database where datname = '" + database + "'") == 1;
    }

    /** What tests leave behind: all databases but the server's own and the one with the fence. */
    void dropDatabases() {
        String all = text(
                "postgres",
                "select string_agg(quote_ident(datname), ',') from pg_database where not datistemplate"
                        + " and datname not in ('postgres', 'upstep')");
        for (String database : all == null ? new String[0] : all.split(",")) {
            run("drop database " + database + " with (force)");
        }
    }

    @Override
    public void close() {
        stop();
    }
}
