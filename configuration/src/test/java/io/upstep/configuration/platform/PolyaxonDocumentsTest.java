package io.upstep.configuration.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.upstep.configuration.Migration;
import io.upstep.configuration.Result;
import io.upstep.configuration.Way;
import io.upstep.configuration.document.Document;
import io.upstep.configuration.report.Line;
import io.upstep.configuration.report.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every document in {@code polyaxon/documents}: what it was, what becomes of it, everything that is told about it beyond "it
 * is where it was", and every problem by how it begins.
 */
class PolyaxonDocumentsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Stream<Named<JsonNode>> documents() throws IOException {
        return PolyaxonRules.documents().stream().map(PolyaxonDocumentsTest::read);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void shouldMigrateAsTheDocumentSays(JsonNode example) throws IOException {
        Way way = PolyaxonRules.way(
                example.path("platform").asText("polyaxon"),
                example.path("document").asText("values"),
                example.path("from").asText(),
                example.path("to").asText());
        if (example.has("closed")) {
            assertThat(way).isInstanceOfSatisfying(Way.Closed.class, closed -> {
                assertThat(closed.reason()).isEqualTo(example.path("closed").asText());
                assertThat(closed.remedy()).isNotBlank();
            });
        } else {
            assertThat(way).isInstanceOf(Way.Open.class);
            migrate(((Way.Open) way).migration(), example);
        }
    }

    @Test
    void shouldReadEveryRuleFileWhenTheyAreDelivered() {
        assertThat(PolyaxonRules.LOADED.problems()).isEmpty();
        assertThat(PolyaxonRules.LOADED.books()).containsKeys("polyaxon", "polyaxon-agent");
    }

    static void migrate(Migration migration, JsonNode example) throws IOException {
        Result result = migration.run(example.path("before").asText());
        assertThat(Document.read(result.config()).json())
                .isEqualTo(Document.read(example.path("after").asText()).json());
        assertThat(result.report().changed().stream().map(Line::text))
                .containsExactlyElementsOf(texts(example, "report"));
        List<String> expected = texts(example, "problems");
        List<String> problems = result.problems().stream().map(Problem::text).toList();
        assertThat(problems).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(problems.get(i)).startsWith(expected.get(i));
        }
        String shown = JSON.writeValueAsString(result.shown());
        assertThat(texts(example, "secrets")).noneMatch(shown::contains);
        if (example.path("again").asBoolean(true)) {
            assertThat(migration.run(result.config()).config()).isEqualTo(result.config());
        }
    }

    private static List<String> texts(JsonNode example, String field) {
        return StreamSupport.stream(example.path(field).spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    static Named<JsonNode> read(Path file) {
        try {
            JsonNode example = Document.read(Files.readString(file)).json();
            return Named.of(
                    file.getFileName().toString().replace(".yaml", ": ")
                            + example.path("what").asText(),
                    example);
        } catch (IOException e) {
            throw new IllegalStateException("expected a document at '" + file + "'", e);
        }
    }
}
