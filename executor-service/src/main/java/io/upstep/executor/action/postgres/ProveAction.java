package io.upstep.executor.action.postgres;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Outcome;
import io.upstep.executor.ExecutorConfig;
import io.upstep.executor.action.Action;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.kubernetes.KeptData;
import io.upstep.executor.action.route.Routes;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** {@code postgres.prove}: restores a backup into a database made for it, and compares. What was never restored is no backup. */
@ApplicationScoped
public class ProveAction implements Action<ProveAction.With> {
    private final ExecutorConfig config;
    private final Routes routes;
    private final PostgresTools tools;

    /**
     * @param name of the restore point
     * @param connection the database it was taken of
     * @param scratch another server to restore it on; the same one if not said
     * @param database what the scratch database is called
     */
    public record With(String name, Database connection, Database scratch, String database) {
        public With {
            RestorePoints.requireName(name);
            if (connection == null) {
                throw new IllegalArgumentException("expected 'connection', which is missing");
            }
            Scratch.requireName(database);
        }

        Database server() {
            return scratch == null ? connection : scratch;
        }
    }

    public ProveAction(ExecutorConfig config, Routes routes, PostgresTools tools) {
        this.config = config;
        this.routes = routes;
        this.tools = tools;
    }

    @Override
    public String name() {
        return "postgres.prove";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public Outcome run(With with, StepContext context) {
        RestorePoints points = new RestorePoints(with.name(), context);
        RestorePoint point = points.get();
        BackupFile file = new BackupFile(Path.of(config.restorePointsDir()), with.name(), context);
        file.check(point, context);
        String scratch = Scratch.name(with.database(), with.name(), context);
        try (DatabaseRoute route = DatabaseRoute.open(with.server(), routes, context);
                Server server = Server.open(route.database(), context)) {
            String mark = Scratch.MARK + "plan " + context.attempt().planId() + ", sha256 "
                    + point.meta().sha256();
            if (points.isProven(point) && server.comment(scratch).equals(mark)) {
                return Outcome.Succeeded.of("proven by an earlier attempt, in database " + scratch);
            }
            Scratch.drop(scratch, with.name(), server, context);
            Restoration restoration = new Restoration(point, file.path(point), server, tools, context);
            Database made = restoration.run(route.database().named(Scratch.name(null, with.name(), context)), null);
            server.transaction(connection -> named(connection, made.database(), scratch, mark));
            points.putProof(proof(with, scratch, point, context));
            return outcome(point, scratch, points, restoration);
        }
    }

    private static Void named(Connection connection, String made, String scratch, String mark) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("alter database " + Sql.name(made) + " rename to " + Sql.name(scratch));
            statement.execute("comment on database " + Sql.name(scratch) + " is " + Sql.text(mark));
        }
        return null;
    }

    private static ObjectNode proof(With with, String scratch, RestorePoint point, StepContext context) {
        Database server = with.server();
        ObjectNode proof = JsonNodeFactory.instance
                .objectNode()
                .put("provenAt", context.clock().instant().toString())
                .put("database", scratch)
                .put("sha256", point.meta().sha256())
                .put("port", server.port());
        return server.service() == null ? proof.put("host", server.host()) : proof.put("service", server.service());
    }

    private static Outcome outcome(RestorePoint point, String scratch, RestorePoints points, Restoration restoration) {
        ObjectNode details = JsonNodeFactory.instance
                .objectNode()
                .put("configMap", points.configMap())
                .put("database", scratch)
                .put("tables", point.fingerprint().tables().size())
                .put("sequences", point.fingerprint().sequences().size())
                .put("largeObjects", point.fingerprint().largeObjects().count());
        restoration.notes().forEach(details.putArray("notes")::add);
        return new Outcome.Succeeded(
                "restored into database " + scratch + " and compared: "
                        + point.fingerprint().tables().size() + " tables are as they were",
                details);
    }

    @Override
    public Outcome preview(With with, StepContext context) {
        String scratch = Scratch.name(with.database(), with.name(), context);
        if (scratch.equals(with.connection().database())) {
            throw ActionException.permanent(
                    "name-taken", "expected another scratch database than the one that was backed up, " + scratch);
        }
        return Outcome.Succeeded.of("would restore '" + with.name() + "' of plan " + KeptData.shortPlan(context)
                + " into " + with.server().named(scratch) + " and compare");
    }
}
