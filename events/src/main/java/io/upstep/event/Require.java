package io.upstep.event;

import java.util.List;
import java.util.Map;

/** The checks that make a half-filled event impossible: each says which field lacks what. */
final class Require {
    private Require() {}

    static <T> T present(T value, String field) {
        if (value == null) {
            throw new IllegalArgumentException("'" + field + "' is missing");
        }
        return value;
    }

    static String text(String value, String field) {
        if (present(value, field).isBlank()) {
            throw new IllegalArgumentException("'" + field + "' is empty");
        }
        return value;
    }

    /** A missing list is an empty one; a list is never changed after it was said. */
    static <T> List<T> list(List<T> value) {
        return value == null ? List.of() : List.copyOf(value);
    }

    /** As {@link #list}, keeping the order of the keys. */
    static <K, V> Map<K, V> map(Map<K, V> value) {
        return value == null
                ? Map.of()
                : java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(value));
    }
}
