package io.upstep.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.configuration.report.Line;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/**
 * The law: every value of the old document is in the new one, at the place the report says, or the report says what became
 * of it; and every value of the new one has a line. Judged on the texts and the report alone.
 */
class NothingVanishesPropertyTest {

    @Property(tries = 400, shrinking = ShrinkingMode.BOUNDED)
    void shouldHaveALineForEveryValueWhateverTheRules(
            @ForAll("documents") ObjectNode document, @ForAll("rules") List<ObjectNode> rules) {
        Result result = RandomDocuments.migration(rules).run(RandomDocuments.yaml(document));
        JsonNode now = Rules.json(result.config());
        Map<String, JsonNode> old = RandomDocuments.leaves(document);
        List<Line> lines = result.report().leaves();

        assertThat(lines.stream().map(Line::path).filter(path -> path != null))
                .containsExactlyInAnyOrderElementsOf(old.keySet());
        Map<String, JsonNode> left = RandomDocuments.leaves(now);
        Set<String> explained = new HashSet<>();
        for (Line line : lines) {
            explained.addAll(places(line));
            judge(line, old, left);
        }
        assertThat(explained).containsExactlyInAnyOrderElementsOf(left.keySet());
    }

    @Property(tries = 60, shrinking = ShrinkingMode.BOUNDED)
    void shouldShowNoSecretWhateverTheRules(
            @ForAll("documents") ObjectNode document, @ForAll("rules") List<ObjectNode> rules) {
        Result result = RandomDocuments.migration(rules).run(RandomDocuments.yaml(document));
        assertThat(result.shown().toString()).doesNotContain(RandomDocuments.SECRET);
    }

    @Property(tries = 150, shrinking = ShrinkingMode.BOUNDED)
    void shouldChangeNothingWhenAppliedAgainToWhatItMade(
            @ForAll("documents") ObjectNode document, @ForAll("oneWayRules") List<ObjectNode> rules) {
        Migration migration = RandomDocuments.migration(rules);
        Result first = migration.run(RandomDocuments.yaml(document));
        Assume.that(first.valid());
        String once = first.config();
        Result again = migration.run(once);
        assertThat(again.config()).isEqualTo(once);
        assertThat(again.report().leaves()).allMatch(line -> line.path().equals(line.now()));
    }

    private static void judge(Line line, Map<String, JsonNode> old, Map<String, JsonNode> left) {
        JsonNode was = line.path() == null ? null : old.get(line.path());
        switch (line.kind()) {
            case KEPT, UNKNOWN_KEPT, CONFLICT, NOTED -> {
                assertThat(line.now()).isEqualTo(line.path());
                assertThat(left).containsEntry(line.path(), was);
            }
            case MOVED, RENAMED -> {
                assertThat(line.now()).isNotEqualTo(line.path());
                assertThat(left).containsEntry(line.now(), was);
            }
            case CONVERTED -> assertThat(left).containsKeys(places(line).toArray(String[]::new));
            case REMOVED -> {
                assertThat(line.now()).isNull();
                assertThat(line.where()).isNotNull();
            }
            case REPLACED -> assertThat(line.now()).isNull();
            default -> {
                assertThat(line.path()).isNull();
                assertThat(left).containsKey(line.now());
            }
        }
    }

    private static Set<String> places(Line line) {
        return line.now() == null
                ? Set.of()
                : Arrays.stream(line.now().split(", ")).collect(Collectors.toSet());
    }

    @Provide
    Arbitrary<ObjectNode> documents() {
        return RandomDocuments.documents();
    }

    @Provide
    Arbitrary<List<ObjectNode>> rules() {
        return RandomDocuments.rules("abc").list().ofMaxSize(8);
    }

    /** From old names to new ones, as between real versions. */
    @Provide
    Arbitrary<List<ObjectNode>> oneWayRules() {
        return RandomDocuments.oneWayRules().list().ofMaxSize(6);
    }
}
