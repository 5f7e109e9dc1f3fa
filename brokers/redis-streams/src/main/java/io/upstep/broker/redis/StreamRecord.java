package io.upstep.broker.redis;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A message as the fields of a stream entry: {@code id}, {@code key}, {@code payload}, and every other field a header under
 * its own name, so that nothing a foreign sender wrote is lost.
 */
record StreamRecord(String id, String key, String payload, Map<String, String> headers) {
    private static final String ID = "id";
    private static final String KEY = "key";
    private static final String PAYLOAD = "payload";
    private static final Set<String> OWN = Set.of(ID, KEY, PAYLOAD);

    StreamRecord {
        headers = Map.copyOf(headers);
        for (String name : headers.keySet()) {
            if (OWN.contains(name)) {
                throw new IllegalArgumentException(
                        "a header may not be called '" + name + "': the message itself has a field of that name");
            }
        }
    }

    static StreamRecord read(String entryId, Map<String, String> fields) {
        Map<String, String> headers = new LinkedHashMap<>(fields);
        headers.keySet().removeAll(OWN);
        return new StreamRecord(
                fields.getOrDefault(ID, entryId),
                fields.getOrDefault(KEY, entryId),
                fields.getOrDefault(PAYLOAD, ""),
                headers);
    }

    Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(ID, id);
        fields.put(KEY, key);
        fields.put(PAYLOAD, payload);
        fields.putAll(headers);
        return fields;
    }

    StreamRecord with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new StreamRecord(id, key, payload, all);
    }
}
