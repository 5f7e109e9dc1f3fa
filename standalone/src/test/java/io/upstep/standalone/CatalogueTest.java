package io.upstep.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.upstep.executor.action.Action;
import io.upstep.executor.action.Parameters;
import io.upstep.verifier.check.Check;
import io.upstep.verifier.check.Probe;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every recipe names actions, checks and probes that there really are, with parameters they really have. */
@QuarkusTest
@TestProfile(CatalogueTest.Quiet.class)
class CatalogueTest {
    private static final YAMLMapper YAML = new YAMLMapper();

    @Inject
    @Any
    Instance<Action<?>> actions;

    @Inject
    @Any
    Instance<Check<?>> checks;

    @Inject
    @Any
    Instance<Probe<?>> probes;

    @Test
    void shouldBindWhateverARecipeSaysToWhatExecutorsAndVerifiersKnow() {
        Map<String, Set<String>> known = new HashMap<>();
        actions.forEach(action -> known.put("action " + action.name(), keys(action.parameters())));
        checks.forEach(check -> known.put("check " + check.name(), keys(check.parameters())));
        probes.forEach(probe -> known.put("probe " + probe.name(), keys(probe.parameters())));
        List<Use> uses = recipes().flatMap(file -> uses(file).stream()).toList();

        assertThat(uses).extracting(Use::name).contains("action kubernetes.restore-objects");
        assertThat(uses).hasSizeGreaterThan(50).allSatisfy(use -> {
            assertThat(known).as(use.file()).containsKey(use.name());
            assertThat(known.get(use.name())).as(use.file() + ", " + use.name()).containsAll(use.keys());
        });
    }

    private static Set<String> keys(Class<?> parameters) {
        return new TreeSet<>(Parameters.keys(parameters));
    }

    private static Stream<Path> recipes() {
        try (Stream<Path> files = Files.walk(Path.of("..", "recipes"))) {
            return files
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.toString().contains("target"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Use> uses(Path file) {
        List<Use> uses = new ArrayList<>();
        try {
            collect(file.toString(), YAML.readTree(Files.readString(file)), uses);
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
        return uses;
    }

    /** Whatever names an action, a check or a probe, wherever it stands: in an undo, too, and in what must hold after it. */
    private static void collect(String file, JsonNode node, List<Use> uses) {
        for (String kind : List.of("action", "check", "probe")) {
            if (node.path(kind).isTextual()) {
                Set<String> keys = new TreeSet<>();
                node.path("with").fieldNames().forEachRemaining(keys::add);
                uses.add(new Use(file, kind + " " + node.path(kind).asText(), keys));
            }
        }
        node.forEach(child -> collect(file, child, uses));
    }

    private record Use(String file, String name, Set<String> keys) {}

    /** No port and no directory that something else may use. */
    public static class Quiet implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("upstep.data-dir", "target/catalogue-test", "quarkus.http.test-port", "0");
        }
    }
}
