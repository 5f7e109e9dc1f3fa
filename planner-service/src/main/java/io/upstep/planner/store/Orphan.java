package io.upstep.planner.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The PostgreSQL server that a planner leaves behind when it is killed: it is stopped before another is started. */
final class Orphan {
    private static final long STOP_SECONDS = 20;

    private Orphan() {}

    /** Only to be called by the holder of the {@link DataDirectoryLock}: then no living planner owns the server. */
    static void stop(Path directory) {
        Path file = directory.resolve("postmaster.pid");
        if (Files.exists(file)) {
            server(file).ifPresent(server -> stop(server, directory));
        }
    }

    private static Optional<ProcessHandle> server(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            // After a reboot the number may belong to anything.
            return lines.isEmpty()
                    ? Optional.empty()
                    : ProcessHandle.of(Long.parseLong(lines.get(0).strip())).filter(process -> process.info()
                            .command()
                            .map(command -> command.endsWith("/postgres"))
                            .orElse(false));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Its clients died with their planner, so a polite stop is a quick one. */
    private static void stop(ProcessHandle server, Path directory) {
        server.destroy();
        try {
            server.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a left-over PostgreSQL server was being stopped", e);
        } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
            throw new IllegalStateException(
                    "a PostgreSQL server left behind (process " + server.pid() + ") still uses " + directory
                            + " and does not stop: stop it by hand",
                    e);
        }
    }
}
