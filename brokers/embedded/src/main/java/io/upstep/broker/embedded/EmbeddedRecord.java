package io.upstep.broker.embedded;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** A message as the embedded broker holds it: text with an id, a key and headers. */
public record EmbeddedRecord(String id, String key, String payload, Map<String, String> headers) {
    public EmbeddedRecord {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(payload, "payload");
        headers = Map.copyOf(headers);
    }

    EmbeddedRecord with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(headers);
        all.putAll(more);
        return new EmbeddedRecord(id, key, payload, all);
    }
}
