package io.upstep.broker.embedded;

import java.util.Map;

/**
 * What travelled with a message taken from an embedded queue.
 *
 * @param attempt 1 on the first delivery, one more on each that follows
 */
public record IncomingEmbeddedMetadata(
        String queue, String group, String id, String key, Map<String, String> headers, int attempt) {}
