package io.upstep.executor.action.postgres;

import io.upstep.executor.action.StepContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/** One run of pg_dump into a file, of the moment that a session has exported. */
final class Dump implements AutoCloseable {
    private final StepContext context;
    private final ToolEnvironment environment;
    private final ToolOutput said = new ToolOutput();
    private final ToolRun run;
    private volatile Hashing hashing;
    private volatile String sha256;

    /** What was written. */
    record Written(String sha256, long bytes) {}

    private Dump(
            PostgresTools.Tool tool,
            Database database,
            Credentials credentials,
            String snapshot,
            Path file,
            StepContext context) {
        this.context = context;
        this.environment = new ToolEnvironment(database, credentials, context);
        context.checkpoint();
        this.run = ToolRun.start(
                List.of(
                        tool.path().toString(),
                        "--format=custom",
                        "--snapshot=" + snapshot,
                        ToolEnvironment.argument(database.database())),
                environment,
                nothing -> {},
                output -> write(output, file),
                said);
    }

    static Dump start(PostgresTools.Tool tool, Database database, String snapshot, Path file, StepContext context) {
        return new Dump(tool, database, Credentials.read(database, context), snapshot, file, context);
    }

    private void write(InputStream output, Path file) throws IOException {
        Files.deleteIfExists(file);
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            Hashing through = new Hashing(Channels.newOutputStream(channel));
            hashing = through;
            through.copy(output, () -> {});
            channel.force(true);
            sha256 = through.sha256();
        }
    }

    long bytes() {
        Hashing now = hashing;
        return now == null ? 0 : now.bytes();
    }

    Written await() {
        try {
            if (!run.await(context, () -> context.progress(null, "dumped " + bytes() + " bytes"))) {
                throw said.failure("backup-failed", "pg_dump: ");
            }
            return new Written(sha256, bytes());
        } catch (IOException e) {
            throw BackupFile.failure(e);
        } catch (UncheckedIOException e) {
            throw BackupFile.failure(e.getCause());
        }
    }

    @Override
    public void close() {
        run.close();
        environment.close();
    }
}
