package io.upstep.broker;

import java.util.Map;
import java.util.Objects;

/**
 * A message as brokers see it.
 *
 * @param id unique; a message delivered again has the same
 * @param key messages of one key are handled one after the other, in the order they were published (a plan's id)
 * @param payload text
 * @param headers small, for people and tools: trace context, reason of a dead letter
 */
public record Envelope(String id, String key, String payload, Map<String, String> headers) {
    public Envelope {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(payload, "payload");
        headers = Map.copyOf(headers);
    }
}
