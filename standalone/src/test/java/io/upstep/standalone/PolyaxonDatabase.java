package io.upstep.standalone;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The database of one Polyaxon: what its versions really do to it, in small. */
final class PolyaxonDatabase {
    private static final int PROJECTS = 120;

    private final PolyaxonServers servers;
    private final String name;
    private volatile int major;
    private volatile boolean started;

    PolyaxonDatabase(PolyaxonServers servers, String name, int major) {
        this.servers = servers;
        this.name = name;
        this.major = major;
        servers.make(major, name);
    }

    String name() {
        return name;
    }

    int port() {
        return servers.port(major);
    }

    /** As when the pod of a PostgreSQL comes up: on an empty volume, unless it is the first, or has kept it. */
    void comesUpOn(int other, boolean keeps) {
        boolean empty = started && !(keeps && other == major);
        started = true;
        major = other;
        if (empty) {
            servers.lose(other, name);
            servers.make(other, name);
        }
    }

    /** What people have put into it. */
    void fill() throws SQLException {
        run("insert into db_project (name) select 'project ' || n from generate_series(1, " + PROJECTS + ") n");
        run("insert into db_run (project_id, params) select id, repeat(name, 20) from db_project");
        run("select lo_from_bytea(0, 'an artifact')");
    }

    /** Django's migrations up to those of a version; what was done is not done again. */
    void migrate(String version) throws SQLException {
        run("create table if not exists django_migrations (id serial primary key, app text, name text)");
        run("create table if not exists db_project (id serial primary key, name text)");
        run("create table if not exists db_run (id serial primary key, project_id int, params text)");
        for (String[] migration : PolyaxonMigrations.of(version)) {
            if (!has(migration[0], migration[1])) {
                change(migration);
                run("insert into django_migrations (app, name) values ('%s', '%s')"
                        .formatted(migration[0], migration[1]));
            }
        }
    }

    /** What 2.x does before it migrates. */
    void renameApp() throws SQLException {
        run("update django_migrations set app = 'db' where app = 'coredb'");
    }

    /** Everything in it, so that two moments can be compared. */
    List<String> content() throws SQLException {
        List<String> content = new ArrayList<>();
        for (String table : rows("select tablename from pg_tables where schemaname = 'public' order by 1")) {
            rows("select t::text from public." + table + " t order by 1")
                    .forEach(row -> content.add(table + " " + row));
        }
        content.addAll(rows("select encode(lo_get(oid), 'escape') from pg_largeobject_metadata order by 1"));
        return content;
    }

    private boolean has(String app, String migration) throws SQLException {
        return !rows("select 1 from django_migrations where app = '%s' and name = '%s'".formatted(app, migration))
                .isEmpty();
    }

    private void change(String[] migration) throws SQLException {
        String column = migration[0] + "_" + migration[1].substring(0, 4);
        run("alter table db_run add column if not exists m_" + column + " text default '" + migration[1] + "'");
    }

    private List<String> rows(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = servers.open(major, name);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = servers.open(major, name);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
