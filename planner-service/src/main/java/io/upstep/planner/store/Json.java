package io.upstep.planner.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.upstep.event.EventCodec;
import java.util.regex.Pattern;

/** Values as they are stored. */
final class Json {
    /** An escaped NUL, which PostgreSQL takes in no text; log lines may hold one. */
    private static final Pattern NUL = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*)\\\\u0000");

    private Json() {}

    static String write(Object value) {
        try {
            return clean(EventCodec.mapper().writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a " + value.getClass().getSimpleName() + " cannot be written as JSON", e);
        }
    }

    static <T> T read(String json, Class<T> type) {
        try {
            return EventCodec.mapper().readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "what is stored is not a " + type.getSimpleName() + " this version can read", e);
        }
    }

    private static String clean(String json) {
        return json.contains("\\u0000") ? NUL.matcher(json).replaceAll("$1\\\\ufffd") : json;
    }
}
