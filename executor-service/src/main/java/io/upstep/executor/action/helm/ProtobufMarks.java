package io.upstep.executor.action.helm;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Puts annotations on an object that comes as Kubernetes' protobuf, which is how Helm sends the Secrets of its releases.
 * Only the way to the annotations is understood; everything else is copied as it is.
 */
final class ProtobufMarks {
    static final String CONTENT_TYPE = "application/vnd.kubernetes.protobuf";
    private static final byte[] MAGIC = {'k', '8', 's', 0};
    // In runtime.Unknown the object is field 2; in any object its metadata is field 1, in which the version is field 6
    // and annotations are field 12.
    private static final int RAW = 2;
    private static final int METADATA = 1;
    private static final int VERSION = 6;
    private static final int ANNOTATIONS = 12;
    private static final int LENGTH_DELIMITED = 2;
    private static final int MORE = 0x80;

    private ProtobufMarks() {}

    /**
     * @param version the only one of the object that may be written over; null for a new object
     * @throws IllegalArgumentException if it is something else
     */
    static byte[] put(byte[] body, Map<String, String> marks, String version) {
        if (body.length < MAGIC.length || !Arrays.equals(body, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new IllegalArgumentException("expected Kubernetes' protobuf, which begins with k8s");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(MAGIC);
        byte[] unknown = Arrays.copyOfRange(body, MAGIC.length, body.length);
        out.writeBytes(changed(
                unknown, RAW, object -> changed(object, METADATA, metadata -> marked(metadata, marks, version))));
        return out.toByteArray();
    }

    private static byte[] marked(byte[] metadata, Map<String, String> marks, String version) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(metadata);
        // What comes twice counts as it comes last, and so does a key.
        if (version != null) {
            field(out, VERSION, version.getBytes(StandardCharsets.UTF_8));
        }
        marks.forEach((key, value) -> {
            ByteArrayOutputStream entry = new ByteArrayOutputStream();
            field(entry, 1, key.getBytes(StandardCharsets.UTF_8));
            field(entry, 2, value.getBytes(StandardCharsets.UTF_8));
            field(out, ANNOTATIONS, entry.toByteArray());
        });
        return out.toByteArray();
    }

    /** The message with one of its fields changed, and everything else as it was. */
    private static byte[] changed(byte[] message, int number, UnaryOperator<byte[]> change) {
        ByteBuffer in = ByteBuffer.wrap(message);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (in.hasRemaining()) {
            int start = in.position();
            long tag = varint(in);
            byte[] value = value(in, (int) (tag & 7));
            if (tag >> 3 == number && (tag & 7) == LENGTH_DELIMITED) {
                field(out, number, change.apply(value));
            } else {
                out.write(message, start, in.position() - start);
            }
        }
        return out.toByteArray();
    }

    private static byte[] value(ByteBuffer in, int type) {
        int length =
                switch (type) {
                    case 1 -> Long.BYTES;
                    case LENGTH_DELIMITED -> (int) varint(in);
                    case 5 -> Integer.BYTES;
                    default -> 0;
                };
        if (type == 0) {
            varint(in);
        }
        byte[] value = new byte[length];
        in.get(value);
        return value;
    }

    private static void field(ByteArrayOutputStream out, int number, byte[] value) {
        varint(out, (long) number << 3 | LENGTH_DELIMITED);
        varint(out, value.length);
        out.writeBytes(value);
    }

    private static void varint(ByteArrayOutputStream out, long value) {
        long left = value;
        while (left >= MORE) {
            out.write((int) (left & (MORE - 1) | MORE));
            left >>>= 7;
        }
        out.write((int) left);
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = in.get();
            value |= (long) (next & (MORE - 1)) << shift;
            if ((next & MORE) == 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("expected a number of at most ten bytes");
    }
}
