package io.upstep.configuration.report;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where something belongs that is no longer in the document. */
public enum Where {
    WEB_UI,
    BY_HAND,
    ELSEWHERE,
    NOWHERE;

    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Where> named(String text) {
        return Arrays.stream(values())
                .filter(where -> where.text().equals(text))
                .findFirst();
    }
}
