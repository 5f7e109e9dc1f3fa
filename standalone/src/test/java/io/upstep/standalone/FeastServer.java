package io.upstep.standalone;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** A real PostgreSQL on which a user {@code feast} may make databases, as core does and Upstep. */
final class FeastServer implements AutoCloseable {
    private static final Path SCRIPTS = Path.of("src/test/resources/feast");

    private final EmbeddedPostgres postgres;

    private FeastServer(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    static FeastServer start(Path directory) throws IOException {
        FeastServer server = new FeastServer(EmbeddedPostgres.builder()
                .setDataDirectory(directory.resolve("feast-data"))
                .start());
        server.run("postgres", "postgres", "create role feast login createdb");
        return server;
    }

    int port() {
        return postgres.getPort();
    }

    DataSource source(String database) {
        return postgres.getDatabase("feast", database);
    }

    void make(String database) {
        run("feast", "postgres", "create database " + database);
    }

    void run(String database, String sql) {
        run("feast", database, sql);
    }

    void runScript(String database, String script) {
        try {
            run(database, Files.readString(SCRIPTS.resolve(script), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(script, e);
        }
    }

    boolean exists(String database) {
        return !rows("postgres", "select 1 from pg_database where datname = '" + database + "'")
                .isEmpty();
    }

    List<String> rows(String database, String sql) {
        List<String> rows = new ArrayList<>();
        try (Connection connection = source(database).getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
        return rows;
    }

    /** Everything in it, so that two moments can be compared. */
    List<String> content(String database) {
        List<String> content = new ArrayList<>();
        for (String table : rows(database, "select tablename from pg_tables where schemaname = 'public' order by 1")) {
            rows(database, "select t::text from public." + table + " t order by 1")
                    .forEach(row -> content.add(table + " " + row));
        }
        content.addAll(rows(
                database,
                "select oid || ' ' || encode(lo_get(oid), 'escape') from pg_largeobject_metadata order by 1"));
        content.addAll(rows(
                database, "select conname from pg_constraint where connamespace = 'public'::regnamespace order by 1"));
        return content;
    }

    private void run(String user, String database, String sql) {
        try (Connection connection = postgres.getDatabase(user, database).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
