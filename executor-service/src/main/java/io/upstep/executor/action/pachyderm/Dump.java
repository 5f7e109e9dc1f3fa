package io.upstep.executor.action.pachyderm;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import org.xerial.snappy.SnappyFramedInputStream;
import org.xerial.snappy.SnappyFramedOutputStream;

/**
 * An extract as {@code pachctl extract} writes it and {@code pachctl restore} reads it: framed snappy around operations, each after its
 * length as eight bytes, the lowest first. So what is kept here can be restored by hand, too.
 */
final class Dump {
    private static final int LARGEST = 64 * 1024 * 1024;

    private Dump() {}

    /** Writes operations one after the other. */
    static final class Writer implements AutoCloseable {
        private final OutputStream to;

        Writer(OutputStream to) throws IOException {
            this.to = new SnappyFramedOutputStream(to);
        }

        void write(byte[] op) throws IOException {
            to.write(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(op.length)
                    .array());
            to.write(op);
        }

        @Override
        public void close() throws IOException {
            to.close();
        }
    }

    /** @throws IOException also where the file ends in the middle of an operation */
    static void read(InputStream from, Consumer<byte[]> op) throws IOException {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(new SnappyFramedInputStream(from, true)))) {
            for (byte[] length = in.readNBytes(Long.BYTES); length.length > 0; length = in.readNBytes(Long.BYTES)) {
                if (length.length < Long.BYTES) {
                    throw new EOFException("in the middle of a length");
                }
                long size =
                        ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong();
                if (size < 0 || size > LARGEST) {
                    throw new IOException("an operation of " + size + " bytes");
                }
                byte[] bytes = in.readNBytes((int) size);
                if (bytes.length < size) {
                    throw new EOFException("in the middle of an operation");
                }
                op.accept(bytes);
            }
        }
    }
}
