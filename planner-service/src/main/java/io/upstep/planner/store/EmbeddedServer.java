package io.upstep.planner.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;

/**
 * A PostgreSQL server of the planner's own, on a free loopback port. Its data outlives it, and whoever kills it: it writes to
 * disk before it says so.
 */
final class EmbeddedServer implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);

    private final DataDirectoryLock lock;
    private final EmbeddedPostgres server;
    private final ServerAccess access;

    private EmbeddedServer(DataDirectoryLock lock, EmbeddedPostgres server, ServerAccess access) {
        this.lock = lock;
        this.server = server;
        this.access = access;
    }

    static EmbeddedServer start(Path directory) {
        Path data = directory.toAbsolutePath().normalize();
        DataDirectoryLock lock = DataDirectoryLock.take(data);
        try {
            Orphan.stop(data);
            setAsideUnlessComplete(data);
            ServerAccess access = ServerAccess.prepare(data);
            EmbeddedPostgres server = builder(data, access).start();
            EmbeddedServer started = new EmbeddedServer(lock, server, access);
            started.closeToStrangers();
            closeToOthers(sibling(data, ".bin"));
            Files.write(complete(data), new byte[0]);
            return started;
        } catch (IOException e) {
            lock.close();
            throw new UncheckedIOException(
                    "the planner's own PostgreSQL did not start in " + data
                            + ": see its messages above, or give it a database with upstep.planner.store.url",
                    e);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    DatabaseAddress address() {
        return new DatabaseAddress(
                "jdbc:postgresql://localhost:" + server.getPort() + "/postgres", ServerAccess.USER, access.password());
    }

    @Override
    public void close() {
        try (lock) {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the planner's own PostgreSQL did not stop", e);
        }
    }

    private void closeToStrangers() throws IOException {
        try {
            access.close(server.getPostgresDatabase());
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    private static EmbeddedPostgres.Builder builder(Path data, ServerAccess access) {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setOverrideWorkingDirectory(sibling(data, ".bin").toFile())
                .setPgBinaryResolver(new Programs(sibling(data, ".bin")))
                .setCleanDataDirectory(false)
                .setPGStartupWait(START)
                // Stopped in order, by close(): a hook would take it away from a planner that is still working.
                .setRegisterShutdownHook(false)
                // The one way to hand an option to initdb; the file is read only when there is no data yet.
                .setLocaleConfig("pwfile", access.passwordFile().toString())
                .setConnectConfig("password", access.password())
                .setServerConfig("hba_file", access.rules().toString())
                // The library is made for tests, where losing data does not matter.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("listen_addresses", "localhost")
                .setServerConfig("max_connections", "30")
                .setServerConfig("shared_buffers", "32MB");
    }

    /** The library lets everybody write to where it puts the programs; within one process it does so only once. */
    private static void closeToOthers(Path programs) throws IOException {
        if (Files.exists(programs)) {
            Files.setPosixFilePermissions(programs, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    /** A first start that was killed leaves half a database, which nothing can start: what is not complete never held a plan. */
    private static void setAsideUnlessComplete(Path data) throws IOException {
        if (Files.exists(data) && Files.notExists(complete(data))) {
            Files.move(data, sibling(data, ".incomplete-" + System.nanoTime()));
        }
    }

    private static Path complete(Path data) {
        return data.resolve("upstep-complete");
    }

    private static Path sibling(Path data, String suffix) {
        return data.resolveSibling(data.getFileName() + suffix);
    }
}
