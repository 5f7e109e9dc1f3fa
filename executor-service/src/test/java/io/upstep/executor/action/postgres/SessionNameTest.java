package io.upstep.executor.action.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SessionNameTest {

    @Test
    void shouldKeepTheEpochWhenTheReleaseIsTooLongForTheServer() {
        String release = "a-release-with-a-name-of-exactly-fifty-three-letters-x";
        String name = SessionName.of(release, 1_763_640_000L);

        assertThat(name).hasSize(63).endsWith("/1763640000");
        assertThat(SessionName.epoch(name, release)).hasValue(1_763_640_000L);
    }

    @Test
    void shouldNotTakeAnothersSessionForItsOwnWhenBothNamesBeginAlikeAndAreCut() {
        String installation = "a-namespace-with-quite-a-long-name-for-the-shop/release-one";
        String other = "a-namespace-with-quite-a-long-name-for-the-shop/release-two";
        String name = SessionName.of(installation, 1_763_640_000L);

        assertThat(name).hasSize(63);
        assertThat(SessionName.epoch(name, installation)).hasValue(1_763_640_000L);
        assertThat(SessionName.epoch(name, other)).isEmpty();
    }

    @Test
    void shouldTellNothingWhenItIsAnotherReleasesOrAnotherProgram() {
        assertThat(SessionName.epoch("upstep/web/5", "web")).hasValue(5);
        assertThat(SessionName.epoch("upstep/web-api/5", "web")).isEmpty();
        assertThat(SessionName.epoch("psql", "web")).isEmpty();
    }
}
