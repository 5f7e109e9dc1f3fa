package io.upstep.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventsReferenceTest {
    private static final String PAGE = "docs/reference/events.md";

    @Test
    void shouldBeUpToDateWhenTheSchemasChange() {
        String rendered = EventsReference.render();
        if (Boolean.getBoolean("upstep.update")) {
            Repository.write(PAGE, rendered);
        }

        assertThat(Repository.read(PAGE))
                .as("%s is out of date; to update it: mvn -pl events test -Dupdate.docs=true", PAGE)
                .isEqualTo(rendered);
    }
}
