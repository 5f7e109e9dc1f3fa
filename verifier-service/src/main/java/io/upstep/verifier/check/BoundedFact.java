package io.upstep.verifier.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.event.Fact;
import java.nio.charset.StandardCharsets;

/** Keeps facts to a size that a message can carry. What is too large is not cut off, because half of it would mislead. */
public final class BoundedFact {
    public static final int LIMIT = 256 * 1024;

    private BoundedFact() {}

    public static Fact of(JsonNode value, String source) {
        int size = value.toString().getBytes(StandardCharsets.UTF_8).length;
        return size <= LIMIT
                ? Fact.known(value, source)
                : Fact.unknown(source + ": its " + size + " bytes are more than the " + LIMIT + " a fact may have");
    }
}
