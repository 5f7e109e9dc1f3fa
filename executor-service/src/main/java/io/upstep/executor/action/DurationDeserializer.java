package io.upstep.executor.action;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import io.quarkus.runtime.configuration.DurationConverter;
import java.io.IOException;
import java.time.Duration;

/** Durations as recipes write them: {@code 90s}, {@code 5m}, {@code 1h}, or ISO-8601. */
final class DurationDeserializer extends StdDeserializer<Duration> {
    private static final long serialVersionUID = 1L;

    DurationDeserializer() {
        super(Duration.class);
    }

    @Override
    public Duration deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        String text = parser.getValueAsString();
        try {
            Duration duration = DurationConverter.parseDuration(text);
            if (duration != null && !duration.isNegative()) {
                return duration;
            }
        } catch (IllegalArgumentException e) {
            // Told below, in the same words as a duration that is empty or negative.
        }
        return (Duration)
                context.handleWeirdStringValue(Duration.class, text, "expected a duration such as 90s, 5m, 1h or PT5M");
    }
}
