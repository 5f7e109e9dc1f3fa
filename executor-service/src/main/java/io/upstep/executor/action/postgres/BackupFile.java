package io.upstep.executor.action.postgres;

import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Where the files of a restore point are. Each attempt writes files of its own, named after its epoch, and takes away nothing
 * that is whole; which of them counts, the restore point itself says. So one that has been outrun can spoil nothing.
 */
final class BackupFile {
    private final Path directory;
    private final String name;
    private final long epoch;

    BackupFile(Path root, String name, StepContext context) {
        this.directory = root.resolve(context.namespace())
                .resolve(context.attempt().planId())
                .toAbsolutePath();
        this.name = name;
        this.epoch = context.attempt().epoch();
    }

    /** What this attempt makes. */
    Path path() {
        return own(".dump");
    }

    /** What the restore point consists of; of its location only the name counts, because executors may reach it by other ways. */
    Path path(RestorePoint point) {
        Path written = Path.of(point.meta().location()).getFileName();
        return directory.resolve(written == null ? "" : written.toString());
    }

    private Path own(String ending) {
        return directory.resolve(name + "." + epoch + ending);
    }

    Path directory() {
        try {
            return Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Where this attempt writes. */
    Path part() {
        return directory().resolve(own(".part"));
    }

    /** Makes what was written the attempt's file. */
    void finish(Path part, RestorePoint point) {
        try {
            // For the attempt after this one, should this one not be able to tell.
            Files.write(own(".json"), point.json());
            Files.writeString(own(".dump.sha256"), point.meta().sha256() + "  " + path().getFileName() + "\n");
            // Unlike a move, a link never replaces what is there.
            Files.createLink(path(), part);
            Files.delete(part);
        } catch (FileAlreadyExistsException e) {
            throw ActionException.passing(
                    "conflict", "expected no " + path() + " yet, which somebody else has just written");
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** What an earlier attempt has finished but not told, the newest; null if there is nothing, or nothing that is whole. */
    RestorePoint finished(StepContext context) {
        return earlier("json").stream()
                .sorted(Comparator.comparingLong(this::epoch).reversed())
                .map(knowledge -> whole(knowledge, context))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private RestorePoint whole(Path knowledge, StepContext context) {
        try {
            RestorePoint point = RestorePoint.read(Files.readAllBytes(knowledge));
            check(point, context);
            return point;
        } catch (ActionException e) {
            context.log("what an earlier attempt has written cannot be used: " + e.getMessage());
            return null;
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Removes what earlier attempts have begun and not finished. */
    void clear() {
        try {
            for (Path part : earlier("part")) {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private List<Path> earlier(String ending) {
        try (Stream<Path> files = Files.list(directory())) {
            return files.filter(file -> {
                        String after = file.getFileName().toString();
                        return after.startsWith(name)
                                && after.substring(name.length()).matches("\\.\\d{1,18}\\." + ending)
                                && epoch(file) <= epoch;
                    })
                    .toList();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private long epoch(Path file) {
        String after = file.getFileName().toString().substring(name.length() + 1);
        return Long.parseLong(after.substring(0, after.indexOf('.')));
    }

    /** @throws ActionException {@code backup-damaged} unless the file is, byte for byte, the one that was written */
    void check(RestorePoint point, StepContext context) {
        Path path = path(point);
        try {
            if (!Files.isRegularFile(path)) {
                throw ActionException.permanent(
                        "backup-missing",
                        "expected the file " + path + ", which is not on this executor; it was written by "
                                + point.meta().location() + ", and all executors of a cluster must share the directory"
                                + " upstep.executor.restore-points-dir");
            }
            long size = Files.size(path);
            if (size != point.meta().bytes()) {
                throw damaged(path, "to have " + point.meta().bytes() + " bytes, came " + size);
            }
            Hashing hashing = new Hashing(OutputStream.nullOutputStream());
            try (InputStream file = Files.newInputStream(path)) {
                hashing.copy(
                        file,
                        () -> context.progress(
                                size == 0 ? null : (double) hashing.bytes() / size, "checking " + path.getFileName()));
            }
            if (!hashing.sha256().equals(point.meta().sha256())) {
                throw damaged(path, "to have the checksum " + point.meta().sha256() + ", came " + hashing.sha256());
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private ActionException damaged(Path path, String expected) {
        return ActionException.permanent(
                "backup-damaged",
                "expected " + path + " " + expected + ": it is not any more what was written; take another backup");
    }

    static ActionException failure(IOException e) {
        return ActionException.passing("disk-error", "the executor's disk refused: " + e);
    }
}
