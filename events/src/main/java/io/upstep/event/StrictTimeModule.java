package io.upstep.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/** Times and durations are texts in this contract; a number, which Jackson would take for seconds, is refused. */
final class StrictTimeModule extends SimpleModule {
    private static final long serialVersionUID = 1L;

    StrictTimeModule() {
        super("strict-time");
        addDeserializer(Instant.class, new Text<>(Instant.class, Instant::parse));
        addDeserializer(Duration.class, new Text<>(Duration.class, Duration::parse));
    }

    private static final class Text<T> extends StdDeserializer<T> {
        private static final long serialVersionUID = 1L;

        private final transient Function<String, T> parse;

        Text(Class<T> type, Function<String, T> parse) {
            super(type);
            this.parse = parse;
        }

        @Override
        @SuppressWarnings("unchecked")
        public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                return (T) context.handleUnexpectedToken(_valueClass, parser);
            }
            try {
                return parse.apply(parser.getText());
            } catch (DateTimeException e) {
                return (T) context.handleWeirdStringValue(_valueClass, parser.getText(), e.getMessage());
            }
        }
    }
}
