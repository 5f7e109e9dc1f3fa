package io.upstep.standalone;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A real PostgreSQL 11 and a real PostgreSQL 15, on each of which a user {@code polyaxon} may make databases. */
final class PolyaxonServers implements AutoCloseable {
    static final int OLD = 11;
    static final int NEW = 15;

    private final EmbeddedPostgres old;
    private final EmbeddedPostgres recent;

    private PolyaxonServers(EmbeddedPostgres old, EmbeddedPostgres recent) {
        this.old = old;
        this.recent = recent;
    }

    static PolyaxonServers start(Path directory) throws IOException {
        EmbeddedPostgres old = EmbeddedPostgres.builder()
                .setPgBinaryResolver((system, machine) -> olderBinaries())
                .setDataDirectory(directory.resolve("older-data"))
                .start();
        EmbeddedPostgres recent = EmbeddedPostgres.builder()
                .setDataDirectory(directory.resolve("recent-data"))
                .start();
        PolyaxonServers servers = new PolyaxonServers(old, recent);
        servers.run(OLD, "postgres", "create role polyaxon login createdb");
        servers.run(NEW, "postgres", "create role polyaxon login createdb");
        return servers;
    }

    int port(int major) {
        return server(major).getPort();
    }

    Connection open(int major, String database) throws SQLException {
        return server(major).getDatabase("polyaxon", database).getConnection();
    }

    /** An empty database, as a server has it that starts on an empty volume. */
    void make(int major, String database) {
        run(major, "postgres", "create database " + database + " owner polyaxon");
    }

    /** As the volume goes with the pod. */
    void lose(int major, String database) {
        run(
                major,
                "postgres",
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + database + "'");
        run(major, "postgres", "drop database if exists " + database);
    }

    private void run(int major, String database, String sql) {
        try (Connection connection =
                        server(major).getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private EmbeddedPostgres server(int major) {
        return major == OLD ? old : recent;
    }

    private static InputStream olderBinaries() throws IOException {
        return new URL("jar:" + Path.of("target/older-postgres.jar").toUri() + "!/postgres-linux-x86_64.txz")
                .openStream();
    }

    @Override
    public void close() throws IOException {
        old.close();
        recent.close();
    }
}
