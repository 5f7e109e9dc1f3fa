package io.upstep.executor.action.postgres;

import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Restores a backup into a database of its own, and looks whether it is the same again. */
final class Restoration {
    private static final int TOLD = 20;
    private static final List<String> NO_SUCH_LOCALE = List.of("42809", "22023");

    private final RestorePoint point;
    private final Path file;
    private final Server server;
    private final PostgresTools tools;
    private final StepContext context;
    private final List<String> notes = new ArrayList<>();

    Restoration(RestorePoint point, Path file, Server server, PostgresTools tools, StepContext context) {
        this.point = point;
        this.file = file;
        this.server = server;
        this.tools = tools;
        this.context = context;
    }

    /** What is not as it was, for people. */
    List<String> notes() {
        return notes;
    }

    /**
     * Makes the database anew under a name of this attempt's own, so that whatever an older one may still be writing, it
     * writes elsewhere.
     *
     * @param target the database, by a name that only Upstep gives: those that begin so and end in a number are dropped
     * @param owner whose everything is to be; null for whose it was, as far as possible
     * @return what it is called now
     */
    Database run(Database target, String owner) {
        server.numbered(target.database()).forEach(server::drop);
        Database made = target.named(target.database() + "_" + context.attempt().epoch());
        create(made.database(), owner);
        Ownership ownership;
        try (Session session = Session.open(made, context)) {
            ownership = session.call(connection -> Ownership.of(point.meta(), owner, connection));
        }
        notes.addAll(ownership.notes());
        restore(made, ownership.options());
        compare(made);
        return made;
    }

    private void create(String database, String owner) {
        RestorePoint.Traits traits = point.meta().traits();
        String belongs = owner == null ? "" : " owner " + Sql.name(owner);
        String locale = " encoding " + Sql.text(traits.encoding());
        boolean made = server.side().call(connection -> hasLocale(connection, traits));
        if (made) {
            locale += " lc_collate " + Sql.text(traits.collate()) + " lc_ctype " + Sql.text(traits.ctype());
        }
        try {
            server.create(database, locale + belongs);
        } catch (ActionException e) {
            throw e.code().equals("sql-failed") ? notCreated(database, e) : e;
        }
        if (!made) {
            notes.add("the server has no locale " + traits.collate() + ": it sorts as the server does by itself");
        }
    }

    private static ActionException notCreated(String database, ActionException e) {
        return ActionException.permanent(
                "restore-failed", "cannot create database " + database + ": " + e.getMessage());
    }

    /** There is no catalogue of the locales a server can use; it has to try. */
    private static boolean hasLocale(Connection connection, RestorePoint.Traits traits) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set lc_monetary = " + Sql.text(traits.collate()));
            statement.execute("set lc_monetary = " + Sql.text(traits.ctype()));
            statement.execute("reset lc_monetary");
            return true;
        } catch (SQLException e) {
            if (NO_SUCH_LOCALE.contains(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    private void restore(Database made, List<String> options) {
        PostgresTools.Tool tool =
                tools.atLeast("pg_restore", point.meta().traits().dumpedBy());
        int items = new Archive(tool, file, context).items().size();
        List<String> command = new ArrayList<>(List.of(tool.path().toString(), "--verbose", "--format=custom"));
        command.addAll(options);
        command.add(ToolEnvironment.argument(made.database()));
        ToolOutput said = new ToolOutput();
        Hashing hashing = new Hashing(OutputStream.nullOutputStream());
        try (ToolEnvironment environment = new ToolEnvironment(made, Credentials.read(made, context), context)) {
            context.checkpoint();
            try (ToolRun run =
                    ToolRun.start(command, environment, this::feed, output -> hashing.copy(output, () -> {}), said)) {
                if (!run.await(context, () -> progress(said.items(), items))) {
                    throw said.failure("restore-failed", "pg_restore: ");
                }
            }
        } catch (IOException e) {
            throw BackupFile.failure(e);
        } catch (UncheckedIOException e) {
            throw BackupFile.failure(e.getCause());
        }
    }

    private void feed(OutputStream tool) throws IOException {
        try (InputStream input = Files.newInputStream(file)) {
            input.transferTo(tool);
        }
    }

    private void progress(int done, int items) {
        double part = items == 0 ? 0 : Math.min(1, (double) done / items);
        context.progress(part, "restored " + Math.min(done, items) + " of " + items + " items");
    }

    private void compare(Database made) {
        try (Session session = Session.open(made, context)) {
            session.freezePlainly();
            Fingerprint now = new FingerprintReader(session)
                    .read(point.meta().tablesOnly(), what -> context.progress(null, what + " of the restored copy"));
            List<String> differences = point.fingerprint().differences(now);
            if (!differences.isEmpty()) {
                throw ActionException.permanent(
                        "backup-differs",
                        "expected the restored copy to be as the database was, came " + differences.size()
                                + " differences: "
                                + String.join("; ", differences.subList(0, Math.min(TOLD, differences.size())))
                                + "; take another backup");
            }
        }
    }
}
