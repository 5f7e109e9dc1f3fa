package io.upstep.broker.binding;

import io.upstep.broker.Envelope;
import io.upstep.broker.UndeliverableException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The most a message may weigh. It is the same for every broker, and below what each takes: one that refused a message only
 * after it was sent might close the connection over it, and with it everybody else's messages.
 *
 * @param bytes of payload, key, id and headers together, in UTF-8
 */
record SizeLimit(int bytes) {
    private static final int MOST_BYTES_PER_CHAR = 3;

    SizeLimit {
        if (bytes < 1) {
            throw new IllegalArgumentException("upstep.broker-max-bytes must be 1 or more, but is " + bytes);
        }
    }

    Optional<UndeliverableException> excess(Envelope message, String address) {
        long chars = lengthOf(message);
        if (chars * MOST_BYTES_PER_CHAR <= bytes) {
            return Optional.empty(); // As nearly all are: not worth counting.
        }
        long size = sizeOf(message);
        return size <= bytes
                ? Optional.empty()
                : Optional.of(new UndeliverableException("expected message " + message.id() + " to " + address
                        + " to have at most " + bytes + " bytes (upstep.broker-max-bytes), but it has " + size
                        + "; it can never be sent as it is, make it smaller"));
    }

    private static long lengthOf(Envelope message) {
        long headers = message.headers().entrySet().stream()
                .mapToLong(
                        header -> header.getKey().length() + header.getValue().length())
                .sum();
        return headers
                + message.payload().length()
                + message.key().length()
                + message.id().length();
    }

    private static long sizeOf(Envelope message) {
        long headers = message.headers().entrySet().stream()
                .mapToLong(header -> utf8(header.getKey()) + utf8(header.getValue()))
                .sum();
        return headers + utf8(message.payload()) + utf8(message.key()) + utf8(message.id());
    }

    private static long utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
