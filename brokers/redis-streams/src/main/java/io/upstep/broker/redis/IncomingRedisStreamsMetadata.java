package io.upstep.broker.redis;

import java.util.Map;

/**
 * What travelled with a message taken from a stream.
 *
 * @param entryId the id Redis gave the entry
 * @param id the sender's id, or the entry's if the sender gave none
 * @param key messages of one key belong together; the entry's id if the sender gave none
 * @param attempt 1 on the first delivery; counts tries here and deliveries to consumers that died
 */
public record IncomingRedisStreamsMetadata(
        String stream, String group, String entryId, String id, String key, Map<String, String> headers, int attempt) {}
