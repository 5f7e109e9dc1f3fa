package io.upstep.executor.action.flyway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Outcome;
import io.upstep.executor.action.Action;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.postgres.Database;
import io.upstep.executor.action.postgres.FencedDatabase;
import io.upstep.executor.action.route.Routes;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.MigrateResult;

/** {@code flyway.migrate}: brings a schema to the newest version its scripts know. What has run does not run again. */
@ApplicationScoped
public class MigrateAction implements Action<MigrateAction.With> {
    private static final int MOST = 200;

    private final Routes routes;

    /**
     * @param connection which database
     * @param scripts where the migrations are
     * @param table the history; flyway_schema_history if not said
     * @param schema in which to migrate; the connection's first if not said
     * @param baselineVersion what a schema without history counts as
     * @param baselineOnMigrate whether a schema with tables but without history is taken for that version
     * @param outOfOrder whether a script may run although a later one has
     */
    public record With(
            Database connection,
            Source scripts,
            String table,
            String schema,
            String baselineVersion,
            Boolean baselineOnMigrate,
            Boolean outOfOrder) {
        public With {
            if (connection == null) {
                throw new IllegalArgumentException("expected 'connection', which is missing");
            }
            if (scripts == null) {
                throw new IllegalArgumentException("expected 'scripts', which is missing");
            }
        }
    }

    /**
     * Where migrations are: the keys of a ConfigMap in the installation's namespace, or the files of a directory on the
     * executor's disk.
     */
    public record Source(String configMap, String path) {
        public Source {
            if ((configMap == null) == (path == null)) {
                throw new IllegalArgumentException("expected either 'scripts.configMap' or 'scripts.path', came "
                        + (configMap == null ? "neither" : "both"));
            }
        }
    }

    public MigrateAction(Routes routes) {
        this.routes = routes;
    }

    @Override
    public String name() {
        return "flyway.migrate";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public Outcome run(With with, StepContext context) {
        try (Scripts scripts = Scripts.of(with.scripts(), context);
                FencedDatabase database = FencedDatabase.open(with.connection(), routes, context)) {
            context.progress(null, "migrating " + with.connection());
            return database.whileHeld(connections -> migrated(with, flyway(with, scripts, connections)));
        }
    }

    private static Outcome migrated(With with, Flyway flyway) {
        try {
            MigrateResult result = flyway.migrate();
            MigrationInfo current = flyway.info().current();
            String version = current == null || current.getVersion() == null
                    ? "none"
                    : current.getVersion().toString();
            ObjectNode details = JsonNodeFactory.instance.objectNode().put("version", version);
            ArrayNode executed = details.putArray("executed");
            result.migrations.forEach(migration -> executed.add(name(migration.filepath, migration.description)));
            details.set("history", history(flyway));
            return new Outcome.Succeeded(
                    result.migrationsExecuted == 0
                            ? with.connection() + " is at version " + version + " already"
                            : "ran " + result.migrationsExecuted + " scripts in " + with.connection()
                                    + ", which is at version " + version,
                    details);
        } catch (FlywayException e) {
            throw FlywayFailures.of(e, flyway);
        }
    }

    private static String name(String path, String description) {
        return path == null || path.isBlank() ? description : path.substring(path.lastIndexOf('/') + 1);
    }

    /** The table as it is now; the end of it, where it is long. */
    private static ArrayNode history(Flyway flyway) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        MigrationInfo[] applied = flyway.info().applied();
        Arrays.stream(applied).skip(Math.max(0, applied.length - MOST)).forEach(one -> rows.addObject()
                .put("rank", one.getInstalledRank())
                .put(
                        "version",
                        one.getVersion() == null ? null : one.getVersion().toString())
                .put("description", one.getDescription())
                .put("script", one.getScript())
                .put("checksum", one.getAppliedChecksum())
                .put("success", !one.getState().isFailed()));
        return rows;
    }

    private static Flyway flyway(With with, Scripts scripts, DataSource connections) {
        FluentConfiguration configuration = Flyway.configure(MigrateAction.class.getClassLoader())
                .dataSource(connections)
                .locations(scripts.location())
                .validateMigrationNaming(true)
                .cleanDisabled(true)
                .connectRetries(0)
                .baselineOnMigrate(Boolean.TRUE.equals(with.baselineOnMigrate()))
                .outOfOrder(Boolean.TRUE.equals(with.outOfOrder()))
                .javaMigrationClassProvider(List::of);
        if (with.table() != null) {
            configuration.table(with.table());
        }
        if (with.schema() != null) {
            configuration.schemas(with.schema()).defaultSchema(with.schema());
        }
        if (with.baselineVersion() != null) {
            configuration.baselineVersion(with.baselineVersion());
        }
        return configuration.load();
    }

    @Override
    public Outcome preview(With with, StepContext context) {
        try (Scripts scripts = Scripts.of(with.scripts(), context);
                FencedDatabase database = FencedDatabase.open(with.connection(), routes, context)) {
            return database.look(connections -> pending(with, flyway(with, scripts, connections)));
        }
    }

    private static Outcome pending(With with, Flyway flyway) {
        try {
            String pending = Arrays.stream(flyway.info().pending())
                    .map(MigrationInfo::getScript)
                    .collect(Collectors.joining(", "));
            return Outcome.Succeeded.of(
                    pending.isEmpty() ? "would run nothing" : "would run in " + with.connection() + ": " + pending);
        } catch (FlywayException e) {
            throw FlywayFailures.of(e, flyway);
        }
    }
}
