package io.upstep.executor.action.postgres;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Outcome;
import io.upstep.executor.ExecutorConfig;
import io.upstep.executor.action.Action;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.kubernetes.KeptData;
import io.upstep.executor.action.route.Routes;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code postgres.restore}: has a database be again what it was when its backup was taken, on this server or another. The
 * copy is made beside it and compared; only then it takes the database's place, which is kept.
 */
@ApplicationScoped
public class RestoreAction implements Action<RestoreAction.With> {
    private final ExecutorConfig config;
    private final Routes routes;
    private final PostgresTools tools;

    /**
     * @param name of the restore point
     * @param connection which database
     * @param owner whose everything is to be; if not said, whose it was, as far as possible
     */
    public record With(String name, Database connection, String owner) {
        public With {
            RestorePoints.requireName(name);
            if (connection == null) {
                throw new IllegalArgumentException("expected 'connection', which is missing");
            }
        }
    }

    public RestoreAction(ExecutorConfig config, Routes routes, PostgresTools tools) {
        this.config = config;
        this.routes = routes;
        this.tools = tools;
    }

    @Override
    public String name() {
        return "postgres.restore";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public Outcome run(With with, StepContext context) {
        RestorePoint point = new RestorePoints(with.name(), context).get();
        try (DatabaseRoute route = DatabaseRoute.open(with.connection(), routes, context);
                Server server = Server.open(route.database(), context)) {
            if (server.transaction(new Ledger(context)::isDone)) {
                return Outcome.Succeeded.of("restored by an earlier attempt");
            }
            List<String> notes = new ArrayList<>();
            Database copy = copy(with, point, route.database(), server, notes, context);
            String database = with.connection().database();
            notes.addAll(new CarryOver(server).run(database, copy.database(), with.owner(), point.meta()));
            notes.forEach(context::log);
            fence(copy, context);
            Optional<String> kept = new Swap(server, context).run(database, copy.database());
            return outcome(with, point, kept, notes);
        }
    }

    /** What was backed up may hold the fence as it was then, behind which an attempt of that time would get in again. */
    private static void fence(Database copy, StepContext context) {
        try (Session session = Session.open(copy, context)) {
            session.call(connection -> {
                new FenceRow(context).raise(connection);
                return null;
            });
        }
    }

    /** The restored and compared copy: an earlier attempt's, if that got so far. */
    private Database copy(
            With with, RestorePoint point, Database database, Server server, List<String> notes, StepContext context) {
        Database copy = database.named(Names.restored(database.database(), KeptData.shortPlan(context)));
        String mark = "upstep: restored from sha256 " + point.meta().sha256() + ", owner "
                + Optional.ofNullable(with.owner()).orElse("as before");
        if (server.comment(copy.database()).equals(mark)) {
            context.log("found " + copy + ", which an earlier attempt has restored and compared; going on from there");
            return copy;
        }
        BackupFile file = new BackupFile(Path.of(config.restorePointsDir()), with.name(), context);
        file.check(point, context);
        server.drop(copy.database());
        Restoration restoration = new Restoration(point, file.path(point), server, tools, context);
        Database made = restoration.run(copy, with.owner());
        notes.addAll(restoration.notes());
        try (Session session = Session.open(made, context)) {
            context.progress(null, "collecting statistics");
            session.execute("analyze");
        }
        server.transaction(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute(
                        "alter database " + Sql.name(made.database()) + " rename to " + Sql.name(copy.database()));
                return statement.execute("comment on database " + Sql.name(copy.database()) + " is " + Sql.text(mark));
            }
        });
        return copy;
    }

    private static Outcome outcome(With with, RestorePoint point, Optional<String> kept, List<String> notes) {
        ObjectNode details = JsonNodeFactory.instance
                .objectNode()
                .put("database", with.connection().database())
                .put("takenAt", point.meta().takenAt())
                .put("kept", kept.orElse(null))
                .put("tables", point.fingerprint().tables().size());
        notes.forEach(details.putArray("notes")::add);
        return new Outcome.Succeeded(
                with.connection() + " is as it was at " + point.meta().takenAt()
                        + kept.map(name -> "; what it was until now is kept as database " + name)
                                .orElse("; it did not exist before"),
                details);
    }

    @Override
    public Outcome preview(With with, StepContext context) {
        return Outcome.Succeeded.of("would restore '" + with.name() + "' beside " + with.connection()
                + ", compare, and have it take that place");
    }
}
