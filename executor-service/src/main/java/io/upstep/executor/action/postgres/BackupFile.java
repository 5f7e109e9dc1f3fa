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

/**
 * Where the file of a restore point is. Attempts write beside it, each under its own name, and the file appears all at once;
 * one that is there is never written over by an attempt that has been outrun.
 */
final class BackupFile {
    private final Path directory;
    private final String name;

    BackupFile(Path root, String name, StepContext context) {
        this.directory = root.resolve(context.namespace())
                .resolve(context.attempt().planId())
                .toAbsolutePath();
        this.name = name;
    }

    Path path() {
        return directory.resolve(name + ".dump");
    }

    private Path sums() {
        return directory.resolve(name + ".dump.sha256");
    }

    /** What is known of the file, for the attempt after one that could not tell. */
    private Path knowledge() {
        return directory.resolve(name + ".json");
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
    Path part(StepContext context) {
        return directory().resolve(name + "." + context.attempt().epoch() + ".part");
    }

    /** Makes what was written the restore point's file, unless there is one. */
    void finish(Path part, RestorePoint point) {
        try {
            Files.deleteIfExists(knowledge());
            Files.deleteIfExists(sums());
            Files.write(knowledge(), point.json());
            Files.writeString(sums(), point.meta().sha256() + "  " + path().getFileName() + "\n");
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

    /** What an earlier attempt has finished but not told; null if there is nothing, or nothing that is whole. */
    RestorePoint finished(StepContext context) {
        try {
            if (!Files.exists(path()) || !Files.exists(knowledge())) {
                return null;
            }
            RestorePoint point = RestorePoint.read(Files.readAllBytes(knowledge()));
            return isWhole(point, context) ? point : null;
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private boolean isWhole(RestorePoint point, StepContext context) {
        try {
            check(point, context);
            return true;
        } catch (ActionException e) {
            context.log("what an earlier attempt has written cannot be used: " + e.getMessage());
            return false;
        }
    }

    /** Removes what earlier attempts have left; called only where none of it is a restore point. */
    void clear() {
        try (var files = Files.newDirectoryStream(directory(), name + ".*")) {
            for (Path file : files) {
                if (isOurs(file.getFileName().toString())) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private boolean isOurs(String file) {
        return file.substring(name.length()).matches("\\.(dump|dump\\.sha256|json|\\d+\\.part)");
    }

    /** @throws ActionException {@code backup-damaged} unless the file is, byte for byte, the one that was written */
    void check(RestorePoint point, StepContext context) {
        try {
            if (!Files.isRegularFile(path())) {
                throw ActionException.permanent(
                        "backup-missing",
                        "expected the file " + path() + ", which is not on this executor; it was written by "
                                + point.meta().location() + ", and all executors of a cluster must share the directory"
                                + " upstep.executor.restore-points-dir");
            }
            long size = Files.size(path());
            if (size != point.meta().bytes()) {
                throw damaged("to have " + point.meta().bytes() + " bytes, came " + size);
            }
            Hashing hashing = new Hashing(OutputStream.nullOutputStream());
            try (InputStream file = Files.newInputStream(path())) {
                hashing.copy(
                        file,
                        () -> context.progress(
                                size == 0 ? null : (double) hashing.bytes() / size,
                                "checking " + path().getFileName()));
            }
            if (!hashing.sha256().equals(point.meta().sha256())) {
                throw damaged("to have the checksum " + point.meta().sha256() + ", came " + hashing.sha256());
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private ActionException damaged(String expected) {
        return ActionException.permanent(
                "backup-damaged",
                "expected " + path() + " " + expected + ": it is not any more what was written; take another backup");
    }

    static ActionException failure(IOException e) {
        return ActionException.passing("disk-error", "the executor's disk refused: " + e);
    }
}
