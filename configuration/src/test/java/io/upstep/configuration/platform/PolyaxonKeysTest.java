package io.upstep.configuration.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.configuration.Result;
import io.upstep.configuration.Way;
import io.upstep.configuration.document.Document;
import io.upstep.configuration.report.Kind;
import io.upstep.configuration.report.Line;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Nothing vanishes: every key that the charts of a version list, in one document, is a key of the new version afterwards, or
 * the report says what became of it.
 */
class PolyaxonKeysTest {
    private static final Set<String> DEPENDENCIES = Set.of("postgresql.", "redis.", "rabbitmq-ha.", "rabbitmq.");

    @ParameterizedTest
    @CsvSource({
        "0.4.4, 0.5.6", "0.5.6, 0.6.1", "0.6.1, 1.1.0", "1.1.0, 1.10.1", "1.10.1, 1.20.0", "1.20.0, 2.0.0",
        "2.0.0, 2.15.1", "0.4.4, 0.6.1", "0.6.1, 1.20.0", "1.1.0, 1.20.0", "1.1.0, 2.15.1", "1.10.1, 2.0.0"
    })
    void shouldKnowOrTellEveryKeyOfTheOldVersion(String from, String to) throws IOException {
        List<String> old = keys(from);
        Set<String> known = Set.copyOf(keys(to));
        Result result = ((Way.Open) PolyaxonRules.way("polyaxon", "values", from, to))
                .migration()
                .run(document(old).toString());

        List<Line> lines = result.report().leaves();
        assertThat(lines.stream().map(Line::path)).containsAll(old);
        assertThat(lines.stream()
                        .filter(line -> line.kind() == Kind.UNKNOWN_KEPT)
                        .map(Line::path))
                .as("keys of the old version that no rule knows")
                .isEmpty();
        assertThat(lines.stream()
                        .filter(line -> line.kind() == Kind.KEPT)
                        .filter(line -> !isIn(known, line.now()) && !isOfADependency(known, line.now()))
                        .map(Line::path))
                .as("kept, and not in the new version's charts")
                .isEmpty();
        assertThat(lines.stream()
                        .filter(line -> line.kind() == Kind.REMOVED || line.kind() == Kind.REPLACED)
                        .filter(line -> line.say().isEmpty())
                        .map(Line::path))
                .as("taken out without a word")
                .isEmpty();
        assertThat(values(result.config()))
                .containsAll(lines.stream()
                        .filter(line -> line.now() != null && line.path() != null && line.kind() != Kind.CONVERTED)
                        .map(line -> "value of " + line.path())
                        .toList());
    }

    /** Its own name as the value, so that each can be found again. */
    private static ObjectNode document(List<String> keys) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        for (String key : keys) {
            ObjectNode at = root;
            String[] segments = key.split("\\.");
            for (int i = 0; i < segments.length - 1; i++) {
                at = at.withObjectProperty(segments[i]);
            }
            at.put(segments[segments.length - 1], "value of " + key);
        }
        return root;
    }

    private static List<String> keys(String version) throws IOException {
        List<String[]> rows = PolyaxonRules.lines("values-keys.tsv").stream()
                .map(row -> row.split("\t", -1))
                .toList();
        int column = Arrays.asList(rows.get(0)).indexOf(version);
        List<String> all = rows.stream()
                .skip(1)
                .filter(row -> row.length > column && !row[column].isBlank())
                .map(row -> row[0])
                .toList();
        return all.stream()
                .filter(key -> all.stream().noneMatch(other -> other.startsWith(key + ".")))
                .toList();
    }

    private static boolean isIn(Set<String> keys, String path) {
        return keys.stream()
                .anyMatch(key -> path.equals(key) || path.startsWith(key + ".") || key.startsWith(path + "."));
    }

    /** A dependency takes what its own chart knows, which Polyaxon's values need not list. */
    private static boolean isOfADependency(Set<String> keys, String path) {
        String root = path.substring(0, path.indexOf('.') + 1);
        return DEPENDENCIES.contains(root) && keys.stream().anyMatch(key -> key.startsWith(root));
    }

    private static Set<String> values(String text) {
        return Document.read(text).root().leaves().stream()
                .map(leaf -> leaf.json().asText())
                .collect(Collectors.toSet());
    }
}
