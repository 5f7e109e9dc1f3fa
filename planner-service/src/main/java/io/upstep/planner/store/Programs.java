package io.upstep.planner.store;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Hands PostgreSQL's programs to the library, and unpacks them with the system's own tar and xz where those are there: they
 * take a quarter of a second, the library two. Where they are not, or fail, the library does it.
 */
final class Programs implements PgBinaryResolver {
    private static final Logger LOG = Logger.getLogger(Programs.class);
    private static final long PATIENCE_SECONDS = 30;

    private final Path directory;

    /** @param directory where the library looks for unpacked programs */
    Programs(Path directory) {
        this.directory = directory;
    }

    @Override
    public InputStream getPgBinary(String system, String machineHardware) throws IOException {
        byte[] archive;
        try (InputStream in = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machineHardware)) {
            archive = in.readAllBytes();
        }
        Path target = directory.resolve("PG-" + md5(archive));
        Path ready = target.resolve(".exists");
        if (Files.notExists(ready)) {
            try {
                Files.createDirectories(target);
                unpack(archive, target);
                // What the library takes as the sign that everything is there.
                Files.createFile(ready);
            } catch (IOException e) {
                LOG.debugf(e, "tar or xz did not unpack PostgreSQL into %s; doing it without them", target);
            }
        }
        return new ByteArrayInputStream(archive);
    }

    private static void unpack(byte[] archive, Path target) throws IOException {
        Process tar = new ProcessBuilder("tar", "-xJf", "-", "--no-same-owner", "-C", target.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (OutputStream in = tar.getOutputStream()) {
            in.write(archive);
        }
        try {
            if (!tar.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || tar.exitValue() != 0) {
                tar.destroyForcibly();
                throw new IOException("tar failed or took longer than " + PATIENCE_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            tar.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while unpacking", e);
        }
    }

    /** By which the library names the folder. */
    private static String md5(byte[] archive) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(archive));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has MD5", e);
        }
    }
}
