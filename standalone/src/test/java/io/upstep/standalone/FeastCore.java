package io.upstep.standalone;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;

/** What core of a version does to its database when it starts: Hibernate up to 0.5, real Flyway since. */
final class FeastCore {
    private static final String SCRIPTS = "filesystem:src/test/resources/feast/";

    private FeastCore() {}

    /** @throws IllegalStateException if it cannot work on what is there */
    static void start(String version, String database, FeastServer server) {
        boolean early = version.startsWith("0.4.");
        if (early || version.startsWith("0.5.")) {
            update(early, database, server);
        } else {
            flyway(version, database, server).migrate();
        }
    }

    /** By version, as a plan's parameter takes them: ours are other scripts than Feast's. */
    static Map<String, Integer> checksums(FeastServer server) {
        server.make("checksums");
        Flyway flyway = flyway("0.7.0", "checksums", server);
        flyway.migrate();
        Map<String, Integer> checksums = new TreeMap<>();
        for (MigrationInfo done : flyway.info().applied()) {
            checksums.put(done.getVersion().getVersion(), done.getChecksum());
        }
        return checksums;
    }

    /** One at a time: several cores may start at once, as they do by the chart. */
    private static synchronized void update(boolean early, String database, FeastServer server) {
        List<String> key = server.rows(
                database,
                "select data_type || exists (select from information_schema.columns where table_name = 'sources' and column_name = 'pk')"
                        + " from information_schema.columns where table_name = 'feature_sets' and column_name = 'id'");
        if (key.isEmpty()) {
            server.runScript(database, early ? "tables-0.4.sql" : "migrations/V1__Baseline.sql");
        } else if (!key.get(0).equals(early ? "character varyingfalse" : "bigintfalse")) {
            throw new IllegalStateException("the tables are another version's: " + key);
        }
    }

    private static Flyway flyway(String version, String database, FeastServer server) {
        String[] scripts = version.startsWith("0.6.")
                ? new String[] {SCRIPTS + "migrations"}
                : new String[] {SCRIPTS + "migrations", SCRIPTS + "migrations-0.7"};
        return Flyway.configure()
                .dataSource(server.source(database))
                .baselineOnMigrate(true)
                .locations(scripts)
                .load();
    }
}
