package io.upstep.configuration.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.upstep.configuration.Way;
import io.upstep.configuration.document.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever edge a plan crosses, there are rules for its values, and the new version says what it takes. */
class PolyaxonWaysTest {

    @ParameterizedTest
    @CsvSource({"polyaxon, 0.4.0", "polyaxon-agent, 1.0.9"})
    void shouldLeadFromEveryVersionToTheNextAndFromTheFirstToTheLast(String platform, String first) throws IOException {
        List<String> versions = known(platform);
        List<String> covered = versions.subList(versions.indexOf(first), versions.size());
        assertOpen(platform, first, covered.get(covered.size() - 1));
        for (int i = 0; i + 1 < covered.size(); i++) {
            assertOpen(platform, covered.get(i), covered.get(i + 1));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "polyaxon, 0.4.2, 0.4.4, 1",
        "polyaxon, 0.4.4, 0.6.0, 1",
        "polyaxon, 0.5.6, 0.6.0, 1",
        "polyaxon, 0.6.0, 0.6.1, 1",
        "polyaxon, 1.1.0, 1.20.0, 3",
        "polyaxon, 1.14.0, 1.20.0, 1",
        "polyaxon, 1.20.0, 2.0.4, 1",
        "polyaxon, 2.4.0, 2.5.0, 1",
        "polyaxon, 2.11.1, 2.12.0, 1",
        "polyaxon-agent, 1.20.0, 2.0.4, 1"
    })
    void shouldTakeNoMoreSetsOfRulesThanNeeded(String platform, String from, String to, int files) {
        assertThat(PolyaxonRules.way(platform, "values", from, to))
                .isInstanceOfSatisfying(
                        Way.Open.class, open -> assertThat(open.files()).hasSize(files));
    }

    private static void assertOpen(String platform, String from, String to) {
        assertThat(PolyaxonRules.way(platform, "values", from, to))
                .as(platform + " " + from + " to " + to)
                .isInstanceOfSatisfying(
                        Way.Open.class, open -> assertThat(open.arrival()).isNotNull());
    }

    private static List<String> known(String platform) throws IOException {
        String text = Files.readString(Path.of("../recipes", platform, "platform.yaml"));
        return StreamSupport.stream(
                        Document.read(text).json().at("/versions/known").spliterator(), false)
                .map(version -> version.asText())
                .toList();
    }
}
