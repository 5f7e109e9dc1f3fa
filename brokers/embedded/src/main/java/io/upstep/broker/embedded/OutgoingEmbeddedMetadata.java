package io.upstep.broker.embedded;

import java.util.Map;

/**
 * What is to travel with a message put into an embedded queue.
 *
 * @param queue the queue, or null for the one the channel names
 * @param id unique, or null to have one made
 * @param key messages of one key belong together, or null to use the id
 */
public record OutgoingEmbeddedMetadata(String queue, String id, String key, Map<String, String> headers) {
    public OutgoingEmbeddedMetadata {
        headers = headers == null ? Map.of() : Map.copyOf(headers);
    }
}
