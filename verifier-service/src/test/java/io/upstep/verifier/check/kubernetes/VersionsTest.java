package io.upstep.verifier.check.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionsTest {

    @ParameterizedTest
    @CsvSource({
        "registry:5000/a/b:v1.20.0-p1@sha256:0123, registry:5000/a/b, v1.20.0-p1",
        "registry:5000/a/b, registry:5000/a/b,",
        "postgres@sha256:0123, postgres,",
        "polyaxon/polyaxon-api:1.20.0, polyaxon/polyaxon-api, 1.20.0",
    })
    void shouldTakeAnImageApartWhenItHasPortTagOrDigest(String image, String repository, String tag) {
        assertThat(ImageRef.parse(image)).isEqualTo(new ImageRef(repository, tag));
    }

    @ParameterizedTest
    @CsvSource({
        "1.20.0, 1.20.0, true",
        "v1.20.0, 1.20.0, true",
        "v1.20.0-p1, 1.20.0, true",
        "1.20, 1.20.0, true",
        "polyaxon-1.20.0, 1.20.0, true",
        "1.20.0, 1.20.0-p1, false",
        "1.20.0-p2, 1.20.0-p1, false",
        "1.20.0-p1, v1.20.0-p1, true",
        "1.20.10, 1.20.1, false",
        "1.2, 1.20, false",
        "0.6.1-SNAPSHOT, 0.6.1, true",
        "latest, 1.20.0, false",
        "99999999999999999999.1, 99999999999999999999.1.0, true",
    })
    void shouldSayWhetherTwoVersionsAreTheSame(String found, String expected, boolean same) {
        assertThat(Versions.same(found, expected)).isEqualTo(same);
    }

    @Test
    void shouldFindNoVersionWhenThereIsNone() {
        assertThat(Versions.in("latest")).isEmpty();
        assertThat(Versions.in("polyaxon-core")).isEmpty();
        assertThat(Versions.in(null)).isEmpty();
        assertThat(Versions.in("agent-1.20.0")).contains("1.20.0");
    }
}
