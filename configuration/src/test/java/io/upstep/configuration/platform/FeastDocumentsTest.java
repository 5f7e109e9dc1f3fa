package io.upstep.configuration.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.configuration.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every document in {@code feast/documents}, as {@link PolyaxonDocumentsTest} does it, and which edges have rules. */
class FeastDocumentsTest {

    static Stream<Named<JsonNode>> documents() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/feast/documents"))) {
            return files.sorted().toList().stream().map(PolyaxonDocumentsTest::read);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void shouldMigrateAsTheDocumentSays(JsonNode example) throws IOException {
        Way way = way(example.path("from").asText(), example.path("to").asText());

        assertThat(way).isInstanceOf(Way.Open.class);
        PolyaxonDocumentsTest.migrate(((Way.Open) way).migration(), example);
    }

    @ParameterizedTest
    @CsvSource({
        "0.4.0, 0.4.7, 1",
        "0.5.0, 0.5.1, 1",
        "0.5.1, 0.6.2, 1",
        "0.4.7, 0.6.2, 2",
        "0.5.1, 0.7.2, 2",
        "0.6.0, 0.6.2, 1",
        "0.6.2, 0.7.0, 1",
        "0.8.0, 0.8.4, 1",
        "0.9.0, 0.9.5, 1"
    })
    void shouldHaveRulesForEveryEdgeThatAPlanCrosses(String from, String to, int files) {
        assertThat(way(from, to)).isInstanceOfSatisfying(Way.Open.class, open -> assertThat(open.files())
                .hasSize(files));
    }

    private static Way way(String from, String to) {
        return PolyaxonRules.way("feast", "values", from, to);
    }
}
