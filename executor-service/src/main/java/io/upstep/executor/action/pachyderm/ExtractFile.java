package io.upstep.executor.action.pachyderm;

import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Consumer;

/** Where the file of an extract is: one for each attempt, so that one that was outrun spoils nothing; the note says which counts. */
final class ExtractFile {
    private final Path directory;
    private final String name;
    private final long epoch;

    ExtractFile(String root, String name, StepContext context) {
        this.directory = Path.of(root)
                .resolve(context.namespace())
                .resolve(context.attempt().planId())
                .toAbsolutePath();
        this.name = "pachyderm-" + name;
        this.epoch = context.attempt().epoch();
    }

    Path path() {
        return directory.resolve(name + "." + epoch + ".extract");
    }

    /** Of its location only the name counts, because executors may reach it by other ways. */
    private Path path(Extract extract) {
        Path written = Path.of(extract.location()).getFileName();
        return directory.resolve(written == null ? "" : written.toString());
    }

    /** What was written, by its checksum. */
    record Written(String sha256, long bytes) {}

    /** Fills a file. */
    interface Filling {
        void of(Dump.Writer writer) throws IOException;
    }

    /** The file is there as a whole or not at all. */
    Written write(Filling filling) throws IOException {
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path part = directory.resolve(name + "." + epoch + ".part");
        MessageDigest digest = sha256();
        try (OutputStream file = new DigestOutputStream(Files.newOutputStream(part), digest);
                Dump.Writer writer = new Dump.Writer(file)) {
            filling.of(writer);
        }
        Files.move(part, path(), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        return new Written(HexFormat.of().formatHex(digest.digest()), Files.size(path()));
    }

    /** @throws ActionException unless the file is, byte for byte, the one that was written */
    void check(Extract extract) throws IOException {
        Path path = path(extract);
        if (!Files.isRegularFile(path)) {
            throw ActionException.permanent(
                    "extract-missing",
                    "expected the file " + path + ", which is not on this executor; all executors of a cluster must"
                            + " share the directory upstep.executor.restore-points-dir");
        }
        MessageDigest digest = sha256();
        try (InputStream file = new DigestInputStream(Files.newInputStream(path), digest)) {
            file.transferTo(OutputStream.nullOutputStream());
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(extract.sha256())) {
            throw ActionException.permanent(
                    "extract-damaged", "expected " + path + " to be what was written; it is not any more");
        }
    }

    void read(Extract extract, Consumer<byte[]> op) throws IOException {
        try (InputStream file = Files.newInputStream(path(extract))) {
            Dump.read(file, op);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("expected a JVM with SHA-256, as every one must have", e);
        }
    }
}
