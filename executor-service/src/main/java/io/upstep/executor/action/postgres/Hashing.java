package io.upstep.executor.action.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Passes bytes on, counting and hashing them on the way. */
final class Hashing {
    private static final int BLOCK = 1 << 16;

    private final OutputStream to;
    private final MessageDigest digest;
    private volatile long bytes;

    Hashing(OutputStream to) {
        this.to = to;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("expected a JVM with SHA-256, as every one must have", e);
        }
    }

    /** @param tick called now and then */
    void copy(InputStream from, Runnable tick) throws IOException {
        byte[] block = new byte[BLOCK];
        for (int read = from.read(block); read >= 0; read = from.read(block)) {
            to.write(block, 0, read);
            digest.update(block, 0, read);
            bytes = bytes + read;
            tick.run();
        }
    }

    /** May be asked from another thread. */
    long bytes() {
        return bytes;
    }

    /** Once, at the end. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
