package io.upstep.broker.redis;

import java.util.Map;

/**
 * What is to travel with a message put into a stream.
 *
 * @param stream the stream, or null for the one the channel names
 * @param id unique, or null to have one made
 * @param key messages of one key belong together, or null to use the id
 * @param headers any names but {@code id}, {@code key} and {@code payload}
 * @param keep about how many entries the stream keeps, the newest, read or not; 0 for all that somebody has not read
 */
public record OutgoingRedisStreamsMetadata(
        String stream, String id, String key, Map<String, String> headers, long keep) {
    static final OutgoingRedisStreamsMetadata NONE = new OutgoingRedisStreamsMetadata(null, null, null, null);

    public OutgoingRedisStreamsMetadata(String stream, String id, String key, Map<String, String> headers) {
        this(stream, id, key, headers, 0);
    }

    public OutgoingRedisStreamsMetadata {
        headers = headers == null ? Map.of() : Map.copyOf(headers);
    }
}
