package io.upstep.configuration.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** What kind of thing stands somewhere. */
enum Type {
    MAP,
    LIST,
    TEXT,
    INTEGER,
    NUMBER,
    BOOLEAN,
    NULL;

    static Type named(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    static Type of(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> MAP;
            case ARRAY -> LIST;
            case BOOLEAN -> BOOLEAN;
            case NUMBER -> value.isIntegralNumber() ? INTEGER : NUMBER;
            case STRING -> TEXT;
            default -> NULL;
        };
    }

    boolean fits(JsonNode value) {
        return of(value) == this || this == NUMBER && value.isNumber();
    }

    String text() {
        return switch (this) {
            case INTEGER -> "an integer";
            case NULL -> "null";
            default -> "a " + name().toLowerCase(Locale.ROOT);
        };
    }
}
