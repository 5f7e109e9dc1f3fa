package io.upstep.event;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
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

    static Duration positive(Duration value, String field) {
        if (present(value, field).isNegative() || value.isZero()) {
            throw new IllegalArgumentException("'" + field + "' must be longer than nothing, but is " + value);
        }
        return value;
    }

    static void atLeastOne(long value, String field) {
        if (value < 1) {
            throw new IllegalArgumentException("'" + field + "' must be 1 or more, but is " + value);
        }
    }

    /** A missing list is an empty one; a list is never changed after it was said. */
    static <T> List<T> list(List<T> value, String field) {
        if (value == null) {
            return List.of();
        }
        for (int i = 0; i < value.size(); i++) {
            present(value.get(i), field + "[" + i + "]");
        }
        return List.copyOf(value);
    }

    /** As {@link #list}, keeping the order of the keys. */
    static <V> Map<String, V> map(Map<String, V> value, String field) {
        if (value == null) {
            return Map.of();
        }
        value.forEach((key, item) -> present(item, field + "." + key));
        return Collections.unmodifiableMap(new LinkedHashMap<>(value));
    }
}
