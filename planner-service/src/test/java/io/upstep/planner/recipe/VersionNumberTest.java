package io.upstep.planner.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionNumberTest {

    @ParameterizedTest
    @CsvSource({
        "1.20, 1.20.0",
        "v1.2.3, 1.2.3",
        "7, 7.0.0",
        "0.6.1-SNAPSHOT, 0.6.1-SNAPSHOT",
        "1.9.2-317, 1.9.2-317",
        "1.25-alpine, 1.25.0-alpine",
        "2024.01.5, 2024.1.5",
        "1.2.3+build.5, 1.2.3"
    })
    void shouldCompareByTheNumbersWhenAVersionIsWrittenAsPeopleDo(String written, String means) {
        assertThat(version(written).semver().getVersion()).isEqualTo(means);
        assertThat(version(written).text()).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"latest", "", "1.2.3.4", "1.x", "-1", "1..2", "99999999999999999999.1", "sha256:abc"})
    void shouldNotBeAVersionWhenThereIsNothingToCompareBy(String text) {
        assertThat(VersionNumber.parse(text)).isEmpty();
    }

    @Test
    void shouldOrderByNumberWhenTextWouldOrderOtherwise() {
        assertThat(version("1.9.5")).isLessThan(version("1.10.0"));
        assertThat(version("1.20")).isEqualTo(version("1.20.0")).hasSameHashCodeAs(version("1.20.0"));
        assertThat(version("2.0.0-rc1")).isLessThan(version("2.0.0"));
    }

    @ParameterizedTest
    @CsvSource({
        "'>=1.1.1 <2', 1.20.0, true",
        "'>=1.1.1 <2', 2.0.0-rc1, false",
        "'>=1.1.1 <2.0.0', 2.0.0-rc1, false",
        "'>=1.13 <2', 1.13.0-rc0, true",
        "'>=1.13 <2', 1.12.3, false",
        "'<1', 0.6.1, true",
        "'>=2', 2.0.0-rc1, true",
        "'*', 0.0.1-alpha, true",
        "'<=1.3.2', 1.3.2, true",
        "'>=1 <2 || >=3', 3.1.0, true",
        "'1.20.0', 1.20.0, true",
    })
    void shouldCountPreReleasesToTheVersionTheyLeadTo(String range, String version, boolean inside) {
        assertThat(VersionRange.of(range).contains(version(version))).isEqualTo(inside);
    }

    private static VersionNumber version(String text) {
        return VersionNumber.parse(text).orElseThrow();
    }
}
