package io.upstep.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What must never be in a message: a class name, which would tie readers to our code, and a secret. */
class PayloadTest {
    private static final Pattern CLASS_NAME =
            Pattern.compile("\"(@class|@type|javaClass)\"|io\\.upstep\\.event|\\bjava\\.[a-z]+\\.");
    private static final Pattern SECRET =
            Pattern.compile("(?i)\"[a-z-]*(password|passwd|token|apikey|api-key|credential)[a-z-]*\"\\s*:");

    @ParameterizedTest
    @EnumSource(EventType.class)
    void shouldHoldNoClassNameAndNoSecretWhenWritten(EventType type) throws MalformedEventException {
        String json = EventCodec.encode(EventCodec.decode(Golden.text(type)));

        assertThat(json).doesNotContainPattern(CLASS_NAME).doesNotContainPattern(SECRET);
        for (EventType each : EventType.values()) {
            assertThat(json).doesNotContain(each.dataClass().getSimpleName());
        }
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void shouldHaveNoFieldForASecretWhenDescribed(EventType type) {
        assertThat(Schemas.tree(type.channel()).toString())
                .doesNotContainPattern(SECRET)
                .doesNotContainPattern(CLASS_NAME);
    }
}
