package io.upstep.executor.action.postgres;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Outcome;
import io.upstep.executor.ExecutorConfig;
import io.upstep.executor.action.Action;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.route.Routes;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code postgres.backup}: keeps a whole database in a file, and says in the cluster what was in it at that moment. */
@ApplicationScoped
public class BackupAction implements Action<BackupAction.With> {
    /** The file is smaller as a rule; indexes are not in it, but what is compressed already does not shrink. */
    private static final double ROOM = 1.2;

    private final ExecutorConfig config;
    private final Routes routes;
    private final PostgresTools tools;

    /**
     * @param connection which database
     * @param name of the restore point
     * @param tables the only ones to be counted and compared, as schema.table; all if not said. All are in the backup
     */
    public record With(Database connection, String name, List<String> tables) {
        public With {
            if (connection == null) {
                throw new IllegalArgumentException("expected 'connection', which is missing");
            }
            RestorePoints.requireName(name);
            tables = tables == null || tables.isEmpty() ? null : List.copyOf(tables);
        }
    }

    public BackupAction(ExecutorConfig config, Routes routes, PostgresTools tools) {
        this.config = config;
        this.routes = routes;
        this.tools = tools;
    }

    @Override
    public String name() {
        return "postgres.backup";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public Outcome run(With with, StepContext context) {
        RestorePoints points = new RestorePoints(with.name(), context);
        BackupFile file = new BackupFile(Path.of(config.restorePointsDir()), with.name(), context);
        points.requireOwn();
        Optional<RestorePoint> known = points.find().filter(point -> !points.isToBeRetaken());
        if (known.isPresent()) {
            file.check(known.get(), context);
            return outcome("taken already: ", known.get(), points, file);
        }
        RestorePoint finished = points.find().isEmpty() ? file.finished(context) : null;
        RestorePoint point = finished == null ? take(with, file, context) : finished;
        points.put(point);
        return outcome(finished == null ? "kept " : "kept by an earlier attempt: ", point, points, file);
    }

    private RestorePoint take(With with, BackupFile file, StepContext context) {
        file.clear();
        context.checkpoint();
        try (DatabaseRoute route = DatabaseRoute.open(with.connection(), routes, context);
                Session session = Session.open(route.database(), context)) {
            PostgresTools.Tool tool = tools.atLeast("pg_dump", session.call(TraitsReader::major));
            requireRoom(session.call(BackupAction::size), file.directory());
            session.freezePlainly();
            FingerprintReader reader = new FingerprintReader(session);
            String snapshot = session.call(BackupAction::exported);
            Path part = file.part();
            try (Dump dump = Dump.start(tool, route.database(), snapshot, part, context)) {
                Fingerprint seen = reader.read(
                        with.tables(), what -> context.progress(null, what + ", dumped " + dump.bytes() + " bytes"));
                requireSomething(with, seen);
                Dump.Written written = dump.await();
                Archive archive = new Archive(tools.atLeast("pg_restore", tool.major()), part, context);
                RestorePoint point = new RestorePoint(
                        meta(with, session, file, written, tool, context), with(seen, archive.sequences()));
                context.checkpoint();
                file.finish(part, point);
                return point;
            }
        }
    }

    private static RestorePoint.Meta meta(
            With with,
            Session session,
            BackupFile file,
            Dump.Written written,
            PostgresTools.Tool tool,
            StepContext context) {
        return session.call(connection -> new RestorePoint.Meta(
                RestorePoint.FORMAT,
                with.connection().database(),
                TraitsReader.version(connection),
                context.clock().instant().toString(),
                written.sha256(),
                written.bytes(),
                file.path().toString(),
                with.tables(),
                TraitsReader.read(connection, tool.major())));
    }

    /** Sequences have moved on between the one look and the other, if somebody works; what counts is what is in the file. */
    private static Fingerprint with(Fingerprint seen, Map<String, Long> inFile) {
        Map<String, Long> sequences = new TreeMap<>(seen.sequences());
        sequences.replaceAll((name, value) -> inFile.getOrDefault(name, value));
        return new Fingerprint(seen.tables(), sequences, seen.largeObjects(), seen.history());
    }

    private static String exported(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select pg_catalog.pg_export_snapshot()")) {
            row.next();
            return row.getString(1);
        }
    }

    /** Nothing, restored and compared, is nothing again, and would count as proven. */
    private static void requireSomething(With with, Fingerprint seen) {
        if (seen.tables().isEmpty() && seen.largeObjects().count() == 0) {
            throw ActionException.permanent(
                    "database-empty",
                    "expected a table or a large object in " + with.connection() + ", which has none: name the database"
                            + " with the data in 'connection'; if there are no data, do without the restore point, by a waiver");
        }
        if (with.tables() != null && !seen.tables().keySet().containsAll(with.tables())) {
            throw ActionException.permanent(
                    "table-not-found",
                    "expected the tables " + with.tables() + ", found of them only "
                            + seen.tables().keySet());
        }
    }

    private static long size(Connection connection) throws SQLException {
        return TraitsReader.number(connection, "select pg_catalog.pg_database_size(current_database())");
    }

    static void requireRoom(long size, Path directory) {
        try {
            long room = Files.getFileStore(directory).getUsableSpace();
            if (room < size * ROOM) {
                throw ActionException.permanent(
                        "not-enough-space",
                        "expected room for " + (long) (size * ROOM) + " bytes in " + directory + ", there is " + room
                                + "; make room, or have upstep.executor.restore-points-dir lead elsewhere");
            }
        } catch (IOException e) {
            throw BackupFile.failure(e);
        }
    }

    private static Outcome outcome(String how, RestorePoint point, RestorePoints points, BackupFile file) {
        RestorePoint.Meta meta = point.meta();
        ObjectNode details = JsonNodeFactory.instance
                .objectNode()
                .put("configMap", points.configMap())
                .put("file", file.path(point).toString())
                .put("sha256", meta.sha256())
                .put("bytes", meta.bytes())
                .put("serverVersion", meta.serverVersion())
                .put("tables", point.fingerprint().tables().size())
                .put(
                        "rows",
                        point.fingerprint().tables().values().stream()
                                .mapToLong(Fingerprint.Table::rows)
                                .sum())
                .put("largeObjects", point.fingerprint().largeObjects().count());
        return new Outcome.Succeeded(
                how + "database " + meta.database() + " of PostgreSQL " + meta.serverVersion() + ", " + meta.bytes()
                        + " bytes, in " + file.path(point),
                details);
    }

    @Override
    public Outcome preview(With with, StepContext context) {
        BackupFile file = new BackupFile(Path.of(config.restorePointsDir()), with.name(), context);
        return Outcome.Succeeded.of("would keep " + with.connection() + " in " + file.path());
    }
}
